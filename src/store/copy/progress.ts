/** How far something has come, for whoever waits: `done` of `total`, and at what. */
export type Progress = (done: number, total: number, what: string) => void
