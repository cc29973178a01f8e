// What is said about groups without being asked. Each looks again at how things stand when it is sent.
import { z } from 'zod'
import { defineNotice } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import { reasons } from '../src/care/groups/leading.ts'
import type { Group, Seat } from '../src/care/groups/ports.ts'
import { mustAgree } from '../src/care/groups/rules.ts'
import type { Person } from '../src/care/members/ports.ts'
import { button, say, sayInRoom, small, type Message } from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'
import { ownMeasureDoor } from './words/doors.ts'
import { groupAgreementDoor, groupDoor, groupPeopleDoor, groupsDoor } from './words/group-doors.ts'

const about = z.object({ group: z.string().min(1) })
const readers = small(t('groups.told.readers'))
type Asked = { readonly app: App; readonly actor: Person | undefined }

/** The group and the seat of whoever is told, while `still` holds. */
async function whileTrue(
  { app, actor }: Asked,
  id: string,
  still: (seat: Seat | undefined, group: Group) => boolean,
): Promise<{ readonly group: Group; readonly actor: Person } | undefined> {
  if (!actor) return undefined
  const [group, seat] = await Promise.all([
    app.groups.named(actor.programId, id),
    app.groups.seatIn(actor, id),
  ])
  return group && group.state !== 'archived' && still(seat, group) ? { group, actor } : undefined
}

const toAgreement = ({ id }: Group) =>
  button(t('groups.agreement.read'), groupAgreementDoor, { group: id }, 'main')
const toGroup = ({ id, name }: Group) => button(t('groups.see', { name }), groupDoor, { group: id })
const toGroups = button(t('groups.title'), groupsDoor, {})

/** To those who lead: that somebody asks, and not who. */
export const somebodyAsks = defineNotice({
  id: 'group-asked',
  permit: 'staff',
  params: about,
  async render(call, { group: id }) {
    const found = await whileTrue(call, id, () => true)
    return (
      found &&
      say(
        t('groups.told.asked', { name: found.group.name }),
        button(t('groups.told.look'), groupPeopleDoor, { group: id }, 'main'),
        readers,
      )
    )
  },
})

export const seatIsFree = defineNotice({
  id: 'group-left',
  permit: 'staff',
  params: about,
  async render(call, { group: id }) {
    const found = await whileTrue(call, id, () => true)
    return (
      found &&
      say(
        t('groups.told.left', { name: found.group.name }),
        button(t('groups.told.look'), groupPeopleDoor, { group: id }),
        readers,
      )
    )
  },
})

export const placeForYou = defineNotice({
  id: 'group-place',
  permit: 'known',
  params: about,
  async render(call, { group: id }) {
    const found = await whileTrue(call, id, (seat) => seat?.state === 'agreeing')
    return (
      found &&
      say(
        t('groups.agreement.place', { name: found.group.name }),
        toAgreement(found.group),
        toGroup(found.group),
        readers,
      )
    )
  },
})

export const onTheList = defineNotice({
  id: 'group-waiting',
  permit: 'known',
  params: about,
  async render(call, { group: id }) {
    const found = await whileTrue(call, id, (seat) => seat?.state === 'waiting')
    if (!found) return undefined
    const { group, actor } = found
    const { turn } = await call.app.groups.places(group, actor.personId)
    return say(t('groups.told.waiting', { name: group.name, turn }), toGroup(group), readers)
  },
})

export const newAgreement = defineNotice({
  id: 'group-agreement',
  permit: 'known',
  params: about,
  async render(call, { group: id }) {
    const found = await whileTrue(call, id, (seat, group) => seat?.state === 'in' && mustAgree(group, seat))
    return (
      found && say(t('groups.agreement.again', { name: found.group.name }), toAgreement(found.group), readers)
    )
  },
})

export const notThisOne = defineNotice({
  id: 'group-declined',
  permit: 'known',
  params: about,
  async render(call, { group: id }) {
    const found = await whileTrue(call, id, (seat) => seat?.state === 'declined')
    return found && say(t('groups.told.declined', { name: found.group.name }), toGroups, readers)
  },
})

export const seatEnded = defineNotice({
  id: 'group-removed',
  permit: 'known',
  params: about.extend({ why: z.enum(reasons), measure: z.string().optional() }),
  async render(call, { group: id, why, measure }) {
    const found = await whileTrue(call, id, (seat) => seat?.state === 'removed')
    return (
      found &&
      say(
        t('groups.told.removed', { name: found.group.name, why: t(`groups.told.why.${why}`) }),
        toGroups,
        ...(measure === undefined ? [] : [button(t('cases.appeal.open'), ownMeasureDoor, { measure })]),
        readers,
      )
    )
  },
})

export const groupEnded = defineNotice({
  id: 'group-archived',
  permit: 'known',
  params: about,
  async render({ app, actor }, { group: id }) {
    const group = actor && (await app.groups.named(actor.programId, id))
    return group && say(t('groups.told.archived', { name: group.name }), toGroups, readers)
  },
})

const inRoom = (text: Text): Message => sayInRoom(text, small(t('groups.told.room')))

export const roomPaused = defineNotice({
  id: 'group-paused',
  permit: 'anyone',
  params: about,
  async render({ app, programId }, { group: id }) {
    const group = await app.groups.named(programId, id)
    return group?.state === 'paused' ? inRoom(t('groups.told.paused')) : undefined
  },
})

export const roomReopened = defineNotice({
  id: 'group-reopened',
  permit: 'anyone',
  params: about,
  async render({ app, programId }, { group: id }) {
    const group = await app.groups.named(programId, id)
    return group?.state === 'open' ? inRoom(t('groups.told.reopened')) : undefined
  },
})
