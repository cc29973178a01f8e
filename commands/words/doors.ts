// Doors to screens that are opened from nearly everywhere: an action's id and parameters, without its file.
import { z } from 'zod'
import { planSlugs } from '../../src/care/plans/content.ts'
import { skillNeeds } from '../../src/care/skills/content.ts'

export const planDoor = { id: 'pl.open', params: z.object({ plan: z.enum(planSlugs) }) }
export const letterDoor = { id: 'le.read', params: z.object({ letter: z.string().min(1) }) }
export const promptsDoor = { id: 'jp', params: z.object({}) }
/** Puts a line about something kept on one's own agenda for the next session. */
export const bringDoor = {
  id: 'ag.bring',
  params: z.object({ kind: z.enum(['journal', 'check-in', 'urge', 'skill-use']), from: z.string().min(1) }),
}
/** Skills for a need, or where to begin when none is said. */
export const skillsDoor = {
  id: 'sk',
  params: z.object({ need: z.enum(skillNeeds).optional(), from: z.string().regex(/^\d+$/).optional() }),
}
export const skillDoor = { id: 'sk.see', params: z.object({ slug: z.string().min(1) }) }
export const startSkillDoor = { id: 'sk.start', params: z.object({ slug: z.string().min(1) }) }
export const cardsDoor = { id: 'cc', params: z.object({ from: z.string().regex(/^\d+$/).optional() }) }
export const mySkillsDoor = {
  id: 'sk.mine',
  params: z.object({ from: z.string().regex(/^\d+$/).optional() }),
}
export const libraryDoor = { id: 'lb', params: z.object({ from: z.string().regex(/^\d+$/).optional() }) }
/** A report, a question or whatever else waits for staff. */
export const caseDoor = { id: 'ca', params: z.object({ case: z.string().min(1) }) }
/** For staff: everything that waits. */
export const casesDoor = {
  id: 'ca.list',
  params: z.object({
    show: z.string().optional(),
    after: z.string().optional(),
    from: z.string().regex(/^\d+$/).optional(),
  }),
}
/** For staff: answers kept ready, with a case in hand or without. */
export const readyAnswersDoor = {
  id: 'ra',
  params: z.object({ case: z.string().optional(), from: z.string().regex(/^\d+$/).optional() }),
}
/** Worried about somebody: what to say, and the way to staff. */
export const worriedDoor = { id: 'wo', params: z.object({}) }
/** What somebody brought to staff, in their own eyes. */
export const ownCaseDoor = { id: 'as.see', params: z.object({ case: z.string().min(1) }) }
/** All of it, and a new question. */
export const askDoor = { id: 'as', params: z.object({ before: z.string().optional() }) }
/** What staff did about this person, in their own eyes, and the way to an appeal. */
export const ownMeasureDoor = { id: 'ms.see', params: z.object({ measure: z.string().min(1) }) }
/** For staff: one person, with what stands about them; from a case or without. */
export const personDoor = {
  id: 'mp',
  params: z.object({ who: z.string().min(1), case: z.string().optional() }),
}
/** A talk to rehearse. */
export const scriptDoor = { id: 'sr.open', params: z.object({ script: z.string().optional() }) }
export const practiceDoor = { id: 'pr', params: z.object({ from: z.string().regex(/^\d+$/).optional() }) }
/** For facilitators, with a skill in hand or without. */
export const givePracticeDoor = { id: 'pr.new', params: z.object({ skill: z.string().optional() }) }
