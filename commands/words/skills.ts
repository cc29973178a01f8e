// Skills in words: a line of a list, a whole page, and what was counted.
import type { SkillNeed } from '../../src/care/skills/content.ts'
import { didHelp, dropOf, noticed, type Effect } from '../../src/care/skills/effect.ts'
import type { Hit, Shown } from '../../src/care/skills/skills.ts'
import type { Choice } from '../../src/kit/field.ts'
import { button, heading, link, small, type Part } from '../../src/kit/reply.ts'
import { t, type Text } from '../../src/words/text.ts'
import { skillDoor, startSkillDoor } from './doors.ts'
import { sourceWords } from './pieces.ts'

export const readers = small(t('skills.readers'))

export const needWord = (need: SkillNeed): Text => t(`skills.need.${need}`)
export const needChoices = (needs: readonly SkillNeed[]): readonly Choice[] =>
  needs.map((need) => ({ value: need, label: needWord(need) }))

const rounded = (value: number): number => Math.round(value * 10) / 10

/** What it did for this person, in counts; undefined when they said nothing of it. */
export function effectWords({ helped, means }: Effect): Text | undefined {
  const { yes, little, no } = helped
  const times = yes + little + no
  const said = times > 0 ? t('skills.helped.times', { helped: yes + little, times }) : undefined
  const changed =
    means &&
    t('skills.helped.means', {
      before: rounded(means.before),
      after: rounded(means.after),
    })
  return said && changed ? t('skills.joined', { first: said, second: changed }) : (said ?? changed)
}

/** One skill in a list. */
export function hitParts({ skill, effect, standing }: Hit): readonly Part[] {
  const counted = effect && didHelp(effect) ? effectWords(effect) : undefined
  return [
    t('skills.hit', { name: skill.name, minutes: skill.minutes }),
    skill.for,
    ...(counted ? [small(counted)] : []),
    ...(standing === 'neither'
      ? []
      : [small(t(standing === 'mine' ? 'skills.hit.mine' : 'skills.hit.not-mine'))]),
    ...(skill.own ? [small(t('skills.hit.own'))] : []),
    button(t('skills.start', { name: skill.name }), startSkillDoor, { slug: skill.slug }, 'main'),
    button(t('skills.see', { name: skill.name }), skillDoor, { slug: skill.slug }),
  ]
}

/** `review` is what the program's facilitators said of it, in words. */
export function pageParts(skill: Shown, review: Text): readonly Part[] {
  const { helpsWhen, notFor, tradition, source, writtenBy } = skill
  return [
    heading(skill.name),
    skill.for,
    ...(helpsWhen ? [t('skills.page.when', { words: helpsWhen })] : []),
    ...(notFor ? [t('skills.page.not-for', { words: notFor })] : []),
    t('skills.page.facts', { minutes: skill.minutes, steps: skill.steps.length }),
    ...(skill.quiet ? [t('skills.page.quiet')] : []),
    ...(writtenBy === undefined ? [] : [t('skills.page.by', { name: writtenBy })]),
    ...(tradition === undefined ? [] : [small(t('skills.page.tradition', { tradition }))]),
    ...(source ? [sourceWords(source)] : []),
    ...(source?.url === undefined ? [] : [link(t('skills.page.source.open'), source.url)]),
    small(review),
  ]
}

/** What was counted over many uses, as a sentence. */
export function evidenceWords(name: Text, effect: Effect): Text | undefined {
  const { means } = effect
  if (!means) return undefined
  const drop = dropOf(effect)
  const way = drop >= noticed ? 'lower' : drop <= -noticed ? 'higher' : 'little'
  return t(`skills.evidence.${way}`, {
    name,
    before: rounded(means.before),
    after: rounded(means.after),
    lower: means.lower,
    of: means.of,
  })
}
