/** One thing the doctor looked at, in sentences for an operator. No secret and no person's words stand in it. */
export type Finding = {
  /** A short name that stays the same, for scripts. */
  readonly check: string
  /** A warning is worth a look and fails nothing. */
  readonly state: 'good' | 'warning' | 'problem'
  readonly says: string
}

export const good = (check: string, says: string): Finding => ({ check, state: 'good', says })
export const warning = (check: string, says: string): Finding => ({ check, state: 'warning', says })
export const problem = (check: string, says: string): Finding => ({ check, state: 'problem', says })
