// A file of lines that only the master key opens, and of which no byte can change unseen: AES-256-GCM in numbered chunks.
// After the prelude (magic, id of the master key, salt) each chunk is: 1 if it is the last, else 0; its length; ciphertext; tag.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { open, rename, unlink, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { MasterKey, MasterKeys } from '../key-file.ts'

const magic = Buffer.from('HANDRAIL-BACKUP-1\n')
const [idLength, saltLength, headLength, tagLength] = [11, 32, 5, 16]
const preludeLength = magic.length + idLength + saltLength
const chunkLength = 256 * 1024

/** Cut short, changed, or never one of ours. The message is a sentence for an operator. */
export class NotWhole extends Error {
  override readonly name = 'NotWhole'
}

const keyFor = (master: MasterKey, salt: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', master.key, salt, 'handrail backup v1', 32))

/** The key is this file's own, so a number is never used twice with it. */
function nonceOf(at: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(at, 0, 6)
  nonce.writeUInt8(last ? 1 : 0, 11)
  return nonce
}

/** Writes beside the place and moves there in the end: whatever stands at `path` is whole. */
export async function writeSealed(
  path: string,
  master: MasterKey,
  lines: AsyncIterable<string>,
): Promise<number> {
  const salt = randomBytes(saltLength)
  const key = keyFor(master, salt)
  const prelude = Buffer.concat([magic, Buffer.from(master.id), salt])
  const beside = `${path}.${process.pid}.part`
  const file = await open(beside, 'wx', 0o600)
  try {
    let [bytes, chunks] = [0, 0]
    const write = async (buffer: Buffer) => {
      await file.writeFile(buffer)
      bytes += buffer.length
    }
    const put = async (plain: Buffer, last: boolean) => {
      const head = Buffer.alloc(headLength)
      head.writeUInt8(last ? 1 : 0, 0)
      head.writeUInt32BE(plain.length, 1)
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(chunks++, last), { authTagLength: tagLength })
      cipher.setAAD(Buffer.concat([prelude, head]))
      await write(Buffer.concat([head, cipher.update(plain), cipher.final(), cipher.getAuthTag()]))
    }
    await write(prelude)
    let waiting: string[] = []
    let length = 0
    for await (const line of lines) {
      waiting.push(line, '\n')
      length += line.length + 1
      if (length < chunkLength) continue
      await put(Buffer.from(waiting.join('')), false)
      ;[waiting, length] = [[], 0]
    }
    await put(Buffer.from(waiting.join('')), true)
    await file.sync()
    await file.close()
    await rename(beside, path)
    const folder = await open(dirname(path), 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
    return bytes
  } catch (error) {
    await file.close().catch(() => {})
    await unlink(beside).catch(() => {})
    throw error
  }
}

/** Each line once its chunk is known to be untouched. Throws `NotWhole` at the first byte that is not as it was written. */
export async function* readSealed(
  path: string,
  keys: MasterKeys,
  read: (bytes: number) => void = () => {},
): AsyncGenerator<string> {
  const file = await open(path, 'r')
  try {
    const prelude = await exactly(file, preludeLength)
    if (prelude.compare(magic, 0, magic.length, 0, magic.length) !== 0)
      throw new NotWhole('This is not a backup made by Handrail, or its beginning was changed.')
    const id = prelude.toString('latin1', magic.length, magic.length + idLength)
    const master = keys.find((one) => one.id === id)
    if (master === undefined)
      throw new NotWhole(
        'The key file here is not the one this backup was made with, or the backup was changed. Set HANDRAIL_KEY_FILE to the key file of that time.',
      )
    const key = keyFor(master, prelude.subarray(magic.length + idLength))
    for (let [at, last] = [0, false]; !last; at++) {
      const head = await exactly(file, headLength)
      last = head.readUInt8(0) === 1
      const length = head.readUInt32BE(1)
      if (head.readUInt8(0) > 1 || length > 64 * chunkLength) throw changed(at)
      const body = await exactly(file, length + tagLength)
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(at, last), { authTagLength: tagLength })
      decipher.setAAD(Buffer.concat([prelude, head]))
      decipher.setAuthTag(body.subarray(length))
      let plain: Buffer
      try {
        plain = Buffer.concat([decipher.update(body.subarray(0, length)), decipher.final()])
      } catch {
        throw changed(at)
      }
      read(headLength + body.length)
      // A chunk ends with a whole line.
      yield* plain.toString('utf8').split('\n').slice(0, -1)
    }
    if ((await file.read(Buffer.alloc(1), 0, 1)).bytesRead > 0)
      throw new NotWhole('Something was added to the end of this backup.')
  } finally {
    await file.close()
  }
}

const changed = (at: number) => new NotWhole(`This backup was changed after it was made (part ${at + 1}).`)

async function exactly(file: FileHandle, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled)
    if (bytesRead === 0) throw new NotWhole('This backup is cut short.')
    filled += bytesRead
  }
  return buffer
}
