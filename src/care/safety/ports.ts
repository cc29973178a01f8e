// An admin's word about the crisis lines their program shows. Nothing here is ever made up: no row, no verification.
export type LineReview = {
  readonly country: string
  /** The line's id in the bundled file. */
  readonly line: string
  readonly verifiedBy: string
  readonly verifiedAt: Date
  /** The line as this program shows it, as JSON; undefined when the bundled one was found right. */
  readonly replacement?: string
}

export type LineReviews = {
  of(programId: string): Promise<readonly LineReview[]>
  put(programId: string, review: LineReview & { readonly id: string }): Promise<void>
}
