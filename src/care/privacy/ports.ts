// Everything about one person, to be seen, taken along and erased. The store walks the schema, so that nothing is forgotten.
import type { Self } from '../members/ports.ts'

/** Rows of one table, with every sealed column opened. */
export type Told = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>

export type Receipt = {
  readonly id: string
  readonly askedAt: Date
  readonly doneAt: Date
  /** Rows by table. */
  readonly counts: Readonly<Record<string, number>>
}

/** What an import adds, in the shape of an export; unknown tables and columns are passed over. */
export type Brought = {
  readonly checkIns: readonly {
    readonly id: string
    readonly forDay: string
    readonly at: Date
    readonly kind: 'answered' | 'pass'
    readonly late: boolean
    readonly answers: Readonly<Record<string, number | string | readonly string[]>>
  }[]
  readonly entries: readonly {
    readonly id: string
    readonly kind: string
    readonly forDay: string
    readonly at: Date
    readonly body: unknown
    readonly dueAt?: Date | undefined
  }[]
}

export type WholePerson = {
  /** By table. Other people's words are not in it. */
  tell(self: Self): Promise<Told>
  /** How many rows of which table and kind there are, and since when. */
  count(
    self: Self,
  ): Promise<readonly { readonly kind: string; readonly rows: number; readonly since: Date }[]>
  /** How many things of theirs others can see just now. */
  shares(self: Self): Promise<number>
  /** All or nothing, for the person alone; what was brought before is recognised by its id. Returns how many were new. */
  bring(self: Self, brought: Brought): Promise<number>
  /** Destroys the key and every row, and what the file still holds of them. The ledger knows of it first (PR-8, PR-9). */
  erase(self: Self, receipt: { readonly id: string; readonly askedAt: Date }, at: Date): Promise<Receipt>
}

/** Ed25519. `publicKey` is SPKI in base64. */
export type Signer = { readonly publicKey: string; sign(bytes: Uint8Array): string }
