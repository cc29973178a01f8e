// Every use case as one plain object of functions; the kit is bound to it once.
export type App = Record<string, never>
