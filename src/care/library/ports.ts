// What a program added to what is shipped: its facilitators' prompts, skills that members offered, and answers its staff keep ready.

export type LibraryKind = 'skill' | 'prompt' | 'answer'
/** `Body` is JSON in the shape of its kind; whoever uses a kind parses it. */
export type LibraryItem = {
  readonly id: string
  readonly kind: LibraryKind
  readonly body: unknown
  /** Who wrote it, when they wished to be named. */
  readonly writtenBy?: string
  readonly addedBy: string
  readonly addedAt: Date
}

export type Library = {
  /** What is in use, the oldest first. */
  list(programId: string, kind: LibraryKind): Promise<readonly LibraryItem[]>
  get(programId: string, id: string): Promise<LibraryItem | undefined>
  /** Inserts, or replaces what the program has under that id; false when the id is another program's. */
  put(programId: string, item: LibraryItem): Promise<boolean>
  /** Takes it out of use. False when it was not in use. */
  retire(programId: string, id: string, at: Date): Promise<boolean>
}
