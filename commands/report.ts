// On any message: tell staff about it. Only where it stands is kept; who wrote it is not told who did.
import { z } from 'zod'
import { defineForm, defineMenu } from '../src/bot.ts'
import { reportReasons } from '../src/care/cases/reasons.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { button, say, small } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { helpNowHere } from './help-now.ts'
import { watched } from './words/coverage.ts'
import { ownCaseDoor, worriedDoor } from './words/doors.ts'

/** Slack's message ids have a dot, which a code cannot carry. */
const dotless = (id: string) => id.replaceAll('.', '-')
const withDot = (platform: string, id: string) => (platform === 'slack' ? id.replaceAll('-', '.') : id)
const ours = /^https:\/\/(?:discord\.com\/channels\/|[a-z0-9-]+\.slack\.com\/archives\/)[\w@/.-]+$/

/** The link as the platform gave it, and nothing that somebody wrote over it. */
const sameLink = (link: string | undefined, room: string): string | undefined =>
  link !== undefined && ours.test(link) && link.includes(`/${room}/`) ? link : undefined

export const nameField = f.choice(
  t('cases.name'),
  [
    { value: 'shown', label: t('cases.name.shown') },
    { value: 'hidden', label: t('cases.name.hidden') },
  ],
  { hint: t('cases.name.hint') },
)

const fields = {
  why: f.choice(
    t('cases.report.why'),
    reportReasons.map((value) => ({ value, label: t(`cases.reason.${value}`) })),
  ),
  words: f.optional(f.paragraph(t('cases.report.words'), { max: 2000 })),
  name: nameField,
  link: f.optional(f.text(t('cases.report.link'), { max: 300, hint: t('cases.report.link.hint') })),
} as const

export const reportForm = defineForm({
  id: 'rp',
  title: t('cases.report.title'),
  readers: t('cases.report.readers'),
  permit: 'known',
  hears: 'case',
  params: z.object({ case: z.string().min(1), room: z.string().min(1), message: z.string().min(1) }),
  fields,
  async run(call, { why, words, name, link }, params) {
    const { platform, workspace } = call.visitor
    const reason = reportReasons.find((one) => one === why) ?? 'other'
    const where = sameLink(link, params.room)
    const one = await call.app.cases.report(
      call.actor,
      {
        id: params.case,
        platform,
        workspace,
        room: params.room,
        message: withDot(platform, params.message),
        ...(where !== undefined && { link: where }),
        reason,
        words,
        nameless: name === 'hidden',
      },
      call.now,
    )
    return say(
      t(one.level === 'urgent' ? 'cases.report.thanks.urgent' : 'cases.report.thanks'),
      ...(reason === 'danger'
        ? [
            t('cases.report.danger'),
            button(t('help.now.button'), helpNowHere, {}, 'main'),
            button(t('cases.worry.title'), worriedDoor, {}),
          ]
        : []),
      button(t('cases.own.see'), ownCaseDoor, { case: one.id }),
      small(await watched(call)),
      small(t('cases.report.readers')),
    )
  },
})

export const reportMessage = defineMenu({
  id: 'report-message',
  title: t('cases.report.menu'),
  permit: 'known',
  run: ({ app, actor }, { room, messageId, link }) =>
    open(
      reportForm,
      actor,
      { case: app.newId(), room, message: dotless(messageId) },
      { name: 'shown', ...(link !== undefined && { link }) },
    ),
})
