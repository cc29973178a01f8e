// What sets an urge off and what people do about it, as content to pick from.
import { z } from 'zod'
import file from '../../../content/urges.json' with { type: 'json' }

const words = z.object({ en: z.string(), es: z.string() })
const chips = z.array(z.object({ id: z.string().regex(/^[a-z]+$/), label: words })).max(25)
const content = z.object({ triggers: chips, deeds: chips }).parse(file)

export type Chip = (typeof content.triggers)[number]
export const { triggers, deeds } = content
export const labelOf = (chip: string): Chip['label'] | undefined =>
  [...triggers, ...deeds].find(({ id }) => id === chip)?.label
