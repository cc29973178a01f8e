// A program with a facilitator who makes groups, as tests want them: through the chat, like everybody.
import type { RoomKeepers } from '../../src/care/groups/room-keeper.ts'
import type { Person, Role } from '../../src/care/members/ports.ts'
import type { Store } from '../../src/store/connect.ts'
import { castOn, type Cast, type Speaker } from './cast.ts'
import { deliverTo } from './deliver.ts'

export type GroupForm = Readonly<Record<string, unknown>>
export const usualGroup = {
  name: 'Monday',
  kind: 'support',
  openness: 'open',
  capacity: 12,
  age: 'adult',
  phase: 'program',
} as const satisfies GroupForm

export async function groupCast(store: Store, keepers?: RoomKeepers) {
  const cast: Cast = castOn(store, undefined, undefined, keepers)
  const { app } = cast.conversation
  const admin = await cast.program()
  const delivered = deliverTo(cast, store)

  async function person(user: string, workspace = 'w1'): Promise<Person> {
    const found = await store.people.byAccount({ platform: 'playground', workspace, user })
    if (!found) throw new Error(`${user} is not there`)
    return found
  }
  async function grant(user: string, role: Role, instead?: Role): Promise<void> {
    const one = await person(user)
    await store.people.grant(one, role, undefined, cast.clock.now())
    if (instead) await store.people.revoke(one, instead, cast.clock.now())
    app.directory.forget(one)
  }
  async function facilitator(user: string): Promise<Speaker> {
    await cast.member(user)
    await grant(user, 'facilitator', 'member')
    return cast.as(user)
  }
  /** Makes a group through the form; its id. */
  async function make(by: Speaker, form: GroupForm = {}): Promise<string> {
    await by.slash('group')
    await by.press('Make a group')
    const [, , id = ''] = by.form().code.split(':')
    await by.fill({ ...usualGroup, ...form })
    return id.replace(/[@#].*$/, '')
  }
  const press = (speaker: Speaker, id: string, ...values: readonly string[]) =>
    speaker.pressCode(`h1:${[id, ...values].join(':')}`)
  /** Asks, is let in by that facilitator, and agrees. */
  async function sits(speaker: Speaker, by: Speaker, group: string): Promise<void> {
    const { personId } = await person(speaker.visitor.user)
    await press(speaker, 'gr.ask', group, 'member')
    await press(by, 'gr.in', group, personId)
    await press(speaker, 'gr.see', group)
    await speaker.press('I agree')
  }
  return { cast, app, admin, delivered, person, grant, facilitator, make, press, sits }
}
export type GroupCast = Awaited<ReturnType<typeof groupCast>>
