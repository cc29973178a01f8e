// What is said about going on after the program and about leading, without being asked. Each looks again when it is sent.
import { z } from 'zod'
import { defineNotice } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import { button, say, small, type Message } from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'
import { alumniDoor, alumniPersonDoor } from './words/alumni-doors.ts'
import { dayWords } from './words/days.ts'

const about = z.object({ group: z.string().min(1), who: z.string().min(1) })
const readers = small(t('alumni.told.readers'))
type Told = { readonly app: App; readonly actor: Person | undefined }

/** To the person it is about the way to their own screen; to those who lead, the way to that person. */
async function toBoth(
  { app, actor }: Told,
  { group: id, who }: z.output<typeof about>,
  words: (name: string, until: string) => Text | undefined,
): Promise<Message | undefined> {
  const group = actor && (await app.groups.named(actor.programId, id))
  if (!actor || !group) return undefined
  const lead = await app.peerLeads.inGroup({ programId: actor.programId, personId: who }, id)
  const text = words(group.name, lead?.body.until ?? '')
  if (!text) return undefined
  const door =
    actor.personId === who
      ? button(t('alumni.open'), alumniDoor, {})
      : button(t('alumni.told.look'), alumniPersonDoor, { group: id, who })
  return say(text, door, readers)
}

export const graduationProposed = defineNotice({
  id: 'graduation',
  permit: 'member',
  params: z.object({ group: z.string().min(1) }),
  async render({ app, actor }) {
    if (!actor || (await app.graduations.latest(actor))?.body.state !== 'asked') return undefined
    return say(t('alumni.told.asked'), button(t('alumni.told.look'), alumniDoor, {}, 'main'), readers)
  },
})

export const graduationAnswered = defineNotice({
  id: 'graduation-answered',
  permit: 'staff',
  params: about,
  render: (call, params) => toBoth(call, params, (name) => t('alumni.told.answered', { name })),
})

export const askedToLead = defineNotice({
  id: 'lead-asked',
  permit: 'member',
  params: about,
  async render(call, params) {
    return toBoth(call, params, () => t('alumni.told.lead.asked'))
  },
})

export const leadAnswered = defineNotice({
  id: 'lead-answered',
  permit: 'staff',
  params: about,
  render: (call, params) => toBoth(call, params, (name) => t('alumni.told.lead.answered', { name })),
})

export const leadEndsSoon = defineNotice({
  id: 'lead-soon',
  permit: 'known',
  params: about,
  render: (call, params) =>
    toBoth(call, params, (name, until) =>
      until === '' ? undefined : t('alumni.told.lead.soon', { name, day: dayWords(until) }),
    ),
})

export const leadEnded = defineNotice({
  id: 'lead-ended',
  permit: 'known',
  params: about,
  render: (call, params) => toBoth(call, params, (name) => t('alumni.told.lead.ended', { name })),
})
