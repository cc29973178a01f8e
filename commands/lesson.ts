// /lesson: short lessons, a page at a time, with a question at the end; a facilitator makes one the topic of the week.
import { z } from 'zod'
import { defineAction, defineCommand, defineForm, defineNotice } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import { longestEntry } from '../src/care/journal/journal.ts'
import { lessonNamed } from '../src/care/lessons/content.ts'
import { lessonKey } from '../src/care/library/pieces.ts'
import type { Person } from '../src/care/members/ports.ts'
import { skillBySlug } from '../src/care/skills/content.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { permits } from '../src/kit/permit.ts'
import {
  button,
  heading,
  pick,
  say,
  sayInRoom,
  small,
  update,
  type Message,
  type Update,
} from '../src/kit/reply.ts'
import { render } from '../src/words/render.ts'
import { t } from '../src/words/text.ts'
import { libraryDoor, skillDoor } from './words/doors.ts'
import { reviewWords } from './words/library.ts'
import { sourceWords } from './words/pieces.ts'

type Asking = Call<App, Person>
const lesson = z.object({ lesson: z.string().min(1) })
const readers = small(t('library.readers'))

async function menu({ app, actor }: Asking): Promise<Message> {
  const found = await app.lessons.list(actor)
  return say(
    heading(t('library.lessons')),
    ...(found.length === 0
      ? [t('library.lesson.none')]
      : [
          t('library.lesson.intro'),
          pick(
            t('library.lesson.pick'),
            openLesson,
            {},
            found.slice(0, 25).map(({ slug, name, minutes }) => ({
              value: slug,
              label: t('library.lesson.choice', { name, minutes }),
            })),
          ),
        ]),
    button(t('library.open'), libraryDoor, {}),
    readers,
  )
}

export const lessons = defineCommand({
  name: 'lesson',
  title: t('library.lesson.command.title'),
  description: t('library.lesson.command.about'),
  permit: 'known',
  wait: 'privately',
  options: {},
  run: (call) => menu(call),
})

export const lessonMenu = defineAction({
  id: 'ls',
  permit: 'known',
  params: z.object({}),
  run: async (call) => ({ kind: 'update', message: await menu(call) }),
})

async function page({ app, actor }: Asking, slug: string, number: number): Promise<Update> {
  const found = await app.lessons.lesson(actor, slug)
  const of = found.pages.length
  const at = Math.min(Math.max(number, 0), of - 1)
  const text = found.pages[at]?.text ?? found.question
  const turn = (label: 'library.lesson.next' | 'library.lesson.back', to: number) =>
    button(t(label), openLesson, { lesson: found.slug, page: String(to) }, to > at ? 'main' : 'plain')
  const last = at === of - 1
  const skills = found.skills.flatMap((one) => skillBySlug(one) ?? [])
  return update(
    heading(found.name),
    small(t('library.lesson.page', { number: at + 1, of })),
    text,
    ...(last ? [heading(t('library.lesson.question')), found.question] : []),
    ...(last ? [] : [turn('library.lesson.next', at + 1)]),
    ...(at > 0 ? [turn('library.lesson.back', at - 1)] : []),
    ...(last && permits('member', actor.roles)
      ? [
          button(t('library.lesson.write'), writeAboutLesson, { lesson: found.slug, entry: app.newId() }),
          ...skills.map(({ slug: skill, name }) => button(name, skillDoor, { slug: skill })),
        ]
      : []),
    ...(permits('facilitator', actor.roles)
      ? [button(t('library.topic'), topicSure, { lesson: found.slug })]
      : []),
    button(t('library.lessons'), lessonMenu, {}),
    ...(last
      ? [
          sourceWords(found.source),
          small(
            reviewWords(await app.library.reviewOf(actor.programId, lessonKey(found)), (day) =>
              app.when.localDay(day, actor.zone),
            ),
          ),
        ]
      : []),
    readers,
  )
}

export const openLesson = defineAction({
  id: 'ls.page',
  permit: 'known',
  params: z.object({
    lesson: z.string().optional(),
    page: z
      .string()
      .regex(/^\d{1,2}$/)
      .optional(),
  }),
  run: (call, params, chosen) => page(call, chosen ?? params.lesson ?? '', Number(params.page ?? 0)),
})

/** Into the journal, with the question it answers. */
export const writeAboutLesson = defineForm({
  id: 'ls.write',
  title: t('library.lesson.write'),
  readers: t('library.lesson.write.readers'),
  permit: 'member',
  params: lesson.extend({ entry: z.string().min(1) }),
  fields: { text: f.paragraph(t('library.lesson.write.label'), { max: longestEntry }) },
  async run({ app, actor, language, now }, { text }, { lesson: slug, entry }) {
    const { question } = await app.lessons.lesson(actor, slug)
    await app.journal.write(actor, { id: entry, text, about: render(question, language) }, now)
    return say(
      t('library.lesson.written'),
      button(t('library.lessons'), lessonMenu, {}),
      small(t('library.lesson.write.readers')),
    )
  },
})

export const topicSure = defineAction({
  id: 'ls.topic',
  permit: 'facilitator',
  params: lesson,
  async run({ app, actor }, params) {
    const found = await app.lessons.lesson(actor, params.lesson)
    return update(
      heading(found.name),
      t('library.topic.sure'),
      button(t('library.topic.yes'), postTopic, params, 'main'),
      button(t('library.lessons'), lessonMenu, {}),
      readers,
    )
  },
})

export const postTopic = defineAction({
  id: 'ls.post',
  permit: 'facilitator',
  params: lesson,
  async run({ app, actor, now }, params) {
    await app.lessons.postTopic(actor, params.lesson, now)
    return update(t('library.topic.posted'), button(t('library.lessons'), lessonMenu, {}))
  },
})

/** Said privately: who opens it stays between them and the bot. */
export const readTopic = defineAction({
  id: 'ls.read',
  permit: 'known',
  params: lesson,
  run: async (call, params) => (await page(call, params.lesson, 0)).message,
})

export const lessonTopic = defineNotice({
  id: 'lesson-topic',
  permit: 'anyone',
  params: lesson,
  render(_call, params) {
    const found = lessonNamed(params.lesson)
    return (
      found &&
      sayInRoom(
        t('library.topic.card', { name: found.name, minutes: found.minutes }),
        button(t('library.topic.open'), readTopic, params, 'main'),
        small(t('library.topic.readers')),
      )
    )
  },
})
