// Fictional people for the playground's first start, so that there is something to see. They join like anyone else.
import type { App } from './app.ts'
import type { Person } from './care/members/ports.ts'
import type { Text } from './words/text.ts'

type Fictional = {
  readonly user: string
  readonly name: string
  readonly role?: 'member' | 'alum' | 'facilitator' | 'admin'
}

const dayMs = 86_400_000
const workspace = 'playground'
/** Mood, stress, urge and sleep over the last nights, oldest first; a gap is a day nobody wrote. */
const weeks = [
  [4, 7, 6, 4],
  [5, 6, 5, 5],
  undefined,
  [5, 7, 4, 4],
  [6, 5, 3, 6],
  [6, 5, 4, 7],
  [4, 8, 7, 3],
  undefined,
  [5, 6, 5, 5],
  [6, 5, 3, 6],
  [7, 4, 2, 7],
  [7, 4, 3, 6],
  undefined,
  [6, 5, 2, 7],
] as const

/** Does nothing where the playground already has its program. */
export async function addFictionalPeople(
  app: App,
  people: readonly Fictional[],
  rooms: readonly { readonly room: string; readonly name: Text }[],
  now: Date,
): Promise<void> {
  if (await app.members.programHere('playground', workspace)) return
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const account = (user: string) => ({ platform: 'playground' as const, workspace, user })
  const find = (user: string): Promise<Person | undefined> =>
    app.directory.find(account(user), undefined, true)
  const admin = people.find(({ role }) => role === 'admin')
  if (!admin) return
  const began = new Date(now.getTime() - weeks.length * dayMs)
  const form = {
    name: 'Harbor Evening Program',
    country: 'US',
    language: 'en',
    zone,
    promptTime: '09:00',
    law: 'unsure',
  } as const
  const program = await app.programs.create(
    form,
    { account: account(admin.user), name: admin.name, zone },
    began,
  )
  const steward = await find(admin.user)
  if (!steward) return
  const facilitators = people.filter(({ role }) => role === 'facilitator')
  await app.programs.nameFacilitators(
    steward,
    'playground',
    workspace,
    facilitators.map(({ user }) => user),
    began,
  )
  for (const { user, name } of facilitators) {
    const person = await find(user)
    if (person) await app.members.change(person, { name })
  }
  const [first] = rooms
  if (first) await app.programs.setGroup(steward, 'playground', workspace, first.room)
  for (const { user, name, role } of people) {
    if (role !== 'member' && role !== 'alum') continue
    await app.members.join({ account: account(user), name, zone }, program, 'en', began)
    const joined = await find(user)
    if (!joined) continue
    if (role === 'alum') await app.members.grant(joined, 'alum', steward, now)
    await app.members.change(joined, { welcomeStep: 'done' })
  }
  const ana = await find('ana')
  if (ana) await addWeeks(app, ana, now)
}

async function addWeeks(app: App, person: Person, now: Date): Promise<void> {
  for (const [index, numbers] of weeks.entries()) {
    const at = new Date(now.getTime() - (weeks.length - index) * dayMs)
    if (numbers === undefined) continue
    const [mood, stress, urge, sleep] = numbers
    const audience = index === weeks.length - 1 ? 'facilitator' : 'me'
    await app.checkIns.record(
      person,
      { id: app.newId(), answers: { mood, stress, urge, sleep }, audience },
      at,
    )
  }
}
