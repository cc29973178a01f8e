// A person and their own seat: asking for one, the agreement, and only listening.
import { z } from 'zod'
import { defineAction } from '../src/bot.ts'
import type { Group, Seat } from '../src/care/groups/ports.ts'
import { mustAgree } from '../src/care/groups/rules.ts'
import { button, heading, list, quote, say, small, update, type Part } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { helpNowHere } from './help-now.ts'
import {
  backToGroup,
  groupAgreementDoor,
  groupsDoor,
  onGroup,
  ownReaders,
  standardAgreement,
} from './words/group-doors.ts'

const toGroups = button(t('groups.back'), groupsDoor, {})

export const askToJoin = defineAction({
  id: 'gr.ask',
  permit: 'member',
  params: onGroup.extend({ as: z.enum(['member', 'reading']) }),
  async run({ app, actor, now }, params) {
    const { name } = await app.groups.ask(actor, params.group, params.as, now)
    return update(t('groups.asked', { name }), backToGroup(params.group), toGroups, ownReaders)
  },
})

/** What is asked for, waited for, or offered and not wanted now. */
export const takeAskBack = defineAction({
  id: 'gr.unask',
  permit: 'known',
  params: onGroup,
  async run({ app, actor, now }, params) {
    const { name } = await app.groups.giveUp(actor, params.group, now)
    return update(t('groups.taken-back', { name }), backToGroup(params.group), toGroups, ownReaders)
  },
})

const wordsOf = ({ agreement, agreementVersion }: Group): readonly Part[] => [
  ...(agreement === undefined ? [list(standardAgreement)] : [quote(agreement)]),
  small(t('groups.agreement.version', { version: agreementVersion })),
]

/** The words as they are now, to somebody who has not agreed to them yet. */
export const agreementOf = (group: Group, seat: Seat | undefined): readonly Part[] => [
  t(seat?.state === 'agreeing' ? 'groups.agreement.place' : 'groups.agreement.again', { name: group.name }),
  ...wordsOf(group),
  button(
    t('groups.agreement.yes'),
    agree,
    { group: group.id, version: String(group.agreementVersion) },
    'main',
  ),
  ...(seat?.state === 'agreeing' ? [button(t('groups.not-now'), takeAskBack, { group: group.id })] : []),
  small(t('groups.agreement.readers')),
]

export const readAgreement = defineAction({
  ...groupAgreementDoor,
  permit: 'known',
  async run({ app, actor }, params) {
    const { group, seat } = await app.groups.see(actor, params.group)
    return update(
      heading(t('groups.agreement.title', { name: group.name })),
      ...(mustAgree(group, seat) ? agreementOf(group, seat) : wordsOf(group)),
      backToGroup(group.id),
      ownReaders,
    )
  },
})

export const agree = defineAction({
  id: 'gr.agree',
  permit: 'known',
  params: onGroup.extend({ version: z.string().regex(/^\d{1,9}$/) }),
  async run({ app, actor, now }, { group: id, version }) {
    const { name } = await app.groups.agree(actor, id, Number(version), now)
    return update(
      t('groups.agreement.done', { name }),
      backToGroup(id),
      button(t('help.now.button'), helpNowHere, {}),
      small(t('groups.agreement.readers')),
    )
  },
})

export const listenOnly = defineAction({
  id: 'gr.listen',
  permit: 'known',
  params: onGroup.extend({ only: z.enum(['y', 'n']) }),
  async run({ app, actor, now }, { group: id, only }) {
    const { name } = await app.groups.listen(actor, id, only === 'y', now)
    const said = t(only === 'y' ? 'groups.listen.reading' : 'groups.listen.member', { name })
    return { kind: 'update', message: say(said, backToGroup(id), ownReaders) }
  },
})
