// Writes the command list to Discord, only when what stands there differs: Discord allows few changes a day.
import { Routes, type REST } from 'discord.js'
import { z } from 'zod'
import type { Features } from '../../kit/features.ts'
import { authorized, repeating } from './calls.ts'
import { registrationOf } from './registration.ts'

const application = z.object({ id: z.string() })
const registered = z.array(z.record(z.string(), z.unknown()))

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isBare = (value: unknown): boolean =>
  value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0)

/** Discord adds keys of its own, and leaves out what is empty. */
function holds(theirs: unknown, ours: unknown): boolean {
  if (isBare(ours) && isBare(theirs)) return true
  if (Array.isArray(ours))
    return (
      Array.isArray(theirs) &&
      theirs.length === ours.length &&
      ours.every((one, at) => holds(theirs[at], one))
    )
  if (isRecord(ours))
    return isRecord(theirs) && Object.keys(ours).every((key) => holds(theirs[key], ours[key]))
  return theirs === ours
}

/** What we would leave out although it stands there counts as a difference too. */
const settings = ['required', 'autocomplete', 'choices', 'min_value', 'max_value', 'max_length']
function isSame(theirs: unknown, ours: unknown): boolean {
  if (!holds(theirs, ours)) return false
  const options = (value: unknown) =>
    isRecord(value) && Array.isArray(value['options']) ? value['options'] : []
  return options(theirs).every((one: unknown, at) => {
    const own: unknown = options(ours)[at]
    return isRecord(one) && isRecord(own) && settings.every((key) => holds(one[key], own[key]))
  })
}

export async function register(
  rest: REST,
  token: string,
  features: Features<never>,
): Promise<'registered' | 'unchanged'> {
  const ask = (call: () => Promise<unknown>) => authorized(rest, token, () => repeating(call))
  const { id } = application.parse(await ask(() => rest.get(Routes.currentApplication())))
  const route = Routes.applicationCommands(id)
  const query = new URLSearchParams({ with_localizations: 'true' })
  const theirs = registered.parse(await ask(() => rest.get(route, { query })))
  const ours = registrationOf(features)
  const known = new Map(theirs.map((one) => [`${String(one['type'])} ${String(one['name'])}`, one]))
  if (theirs.length === ours.length && ours.every((one) => isSame(known.get(`${one.type} ${one.name}`), one)))
    return 'unchanged'
  await ask(() => rest.put(route, { body: ours }))
  return 'registered'
}
