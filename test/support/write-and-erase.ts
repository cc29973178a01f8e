// A bot’s store under load, until it is asked to stop: people join, write, change what they wrote, and are erased. What was
// acknowledged is said, a line of JSON each.
import { setTimeout as wait } from 'node:timers/promises'
import { openStore } from '../../src/store/connect.ts'
import { morning, newcomer, someId, someProgram } from './people.ts'
import { writes } from './copies.ts'

const [, , databaseUrl = '', dataDir = ''] = process.argv
const store = await openStore({ databaseUrl, dataDir })
let stopping = false
process.on('SIGTERM', () => (stopping = true))
const program = await someProgram(store)
const say = (said: object) => process.stdout.write(`${JSON.stringify(said)}\n`)
for (let n = 0; !stopping; n++) {
  const person = await store.people.join(newcomer(program, `p${n}`))
  const words = await writes(store, person)
  if (n % 3 === 2) {
    await store.wholePerson.erase(person, { id: someId(), askedAt: morning }, morning)
    // Who comes back with the same account takes a place that the row before has left.
    await store.people.join(newcomer(program, `p${n}`))
    say({ erased: person.personId })
  } else say({ person, words: words.slice(0, 3) })
  await wait(5)
}
await store.close()
