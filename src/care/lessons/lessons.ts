// Which lessons and talks a program shows, and a lesson as the topic of the week in the group's room.
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import { notFound } from '../entries/keeping.ts'
import { lessonKey, scriptKey } from '../library/pieces.ts'
import type { Announcements, Person } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import {
  lessonNamed,
  lessons,
  scriptNamed,
  scripts,
  scriptsFor,
  type Lesson,
  type Script,
} from './content.ts'

type Parts = {
  readonly hidden: (programId: string) => Promise<ReadonlySet<string>>
  readonly announcements: Pick<Announcements, 'put'>
  readonly newId: () => string
  readonly when: When
}

export function lessonsOf({ hidden, announcements, newId, when }: Parts) {
  const shown = async <T>(person: Person, all: readonly T[], keyOf: (one: T) => string) => {
    const not = await hidden(person.programId)
    return all.filter((one) => !not.has(keyOf(one)))
  }
  const one = async <T>(person: Person, found: T | undefined, keyOf: (one: T) => string): Promise<T> => {
    if (!found) throw notFound()
    if ((await shown(person, [found], keyOf)).length === 0) throw new Refusal(t('library.hidden'))
    return found
  }

  return {
    list: (person: Person): Promise<readonly Lesson[]> => shown(person, lessons, lessonKey),
    lesson: (person: Person, slug: string): Promise<Lesson> => one(person, lessonNamed(slug), lessonKey),
    scripts: (person: Person): Promise<readonly Script[]> => shown(person, scripts, scriptKey),
    /** Talks that rehearse a skill. */
    scriptsFor: (person: Person, skill: string): Promise<readonly Script[]> =>
      shown(person, scriptsFor(skill), scriptKey),
    script: (person: Person, slug: string): Promise<Script> => one(person, scriptNamed(slug), scriptKey),

    /** A pointer in the group's room; the same lesson on the same day is one. */
    async postTopic(facilitator: Person, slug: string, now: Date): Promise<void> {
      const { program, programId } = facilitator
      const lesson = await one(facilitator, lessonNamed(slug), lessonKey)
      if (!program.group) throw new Refusal(t('library.topic.no-room'))
      const day = when.localDay(now, program.zone)
      const topic = {
        id: newId(),
        notice: 'lesson-topic',
        params: { lesson: lesson.slug },
        to: { kind: 'room' as const, room: program.group },
        dedupeKey: `topic:${programId}:${lesson.slug}:${day}`,
        dueAt: now,
        priority: 2 as const,
      }
      await announcements.put(programId, [topic], now)
    },
  }
}
