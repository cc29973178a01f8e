// A child that makes new master keys, one after the other, until it is killed.
import { rotateKeys } from '../../src/store/rotate-keys.ts'

const [, , url = '', keyFile = ''] = process.argv
for (;;) {
  process.stdout.write('again\n')
  await rotateKeys(url, keyFile)
}
