import { randomBytes } from 'node:crypto'

/** 128 random bits in 22 characters: an id names a row and cannot be guessed. */
export const newId = (): string => randomBytes(16).toString('base64url')
