/** The smallest row that hangs on nothing else. */
export const lease = (name: string) => ({ name, owner: 'o', fence: 1, expiresAt: new Date(0) })
