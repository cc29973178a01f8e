// For those who lead a group: how many are open to a buddy, and who could be suggested to whom.
import { defineAction } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Call } from '../src/kit/command.ts'
import { button, heading, list, say, small, type Message } from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'
import { buddiesOfGroupDoor } from './words/buddy-doors.ts'
import { backToGroup, onGroup } from './words/group-doors.ts'
import { nameWords } from './words/names.ts'

async function page(
  { app, actor }: Call<App, Person>,
  id: string,
  ...first: readonly Text[]
): Promise<Message> {
  const { group, open, on, suggested } = await app.buddies.suggestions(actor, id)
  return say(
    ...first,
    heading(t('buddies.lead.title', { name: group.name })),
    t('buddies.lead.count', { open: open.length, pairs: on }),
    ...(suggested.length === 0
      ? [t('buddies.lead.none')]
      : [
          t('buddies.lead.suggest'),
          list(
            suggested.map(([one, other]) =>
              t('buddies.lead.two', { one: nameWords(one?.name ?? ''), other: nameWords(other?.name ?? '') }),
            ),
          ),
          button(t('buddies.lead.ask'), suggestBuddies, { group: id }, 'main'),
        ]),
    backToGroup(id),
    small(t('buddies.lead.readers')),
  )
}

export const buddiesOfGroup = defineAction({
  ...buddiesOfGroupDoor,
  permit: 'staff',
  run: async (call, { group }) => ({ kind: 'update', message: await page(call, group) }),
})

export const suggestBuddies = defineAction({
  id: 'bu.suggest',
  permit: 'staff',
  params: onGroup,
  async run(call, { group }) {
    const asked = await call.app.buddies.suggest(call.actor, group, call.now)
    return { kind: 'update', message: await page(call, group, t('buddies.lead.asked', { asked })) }
  },
})
