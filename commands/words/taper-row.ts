// The rhythm of check-ins in one line, with the door to its screen.
import { z } from 'zod'
import type { Rhythm, Taper } from '../../src/care/prompts/taper.ts'
import { button, type Part } from '../../src/kit/reply.ts'
import { t, type Text } from '../../src/words/text.ts'

export const taperDoor = { id: 'tp', params: z.object({}) }

export const rhythmWords = (rhythm: Rhythm): Text =>
  rhythm === 'off' ? t('taper.now.off') : t('taper.now', { rhythm: t(`taper.${rhythm}`) })

export const taperRow = (one: Taper | undefined): readonly Part[] => [
  ...(one ? [rhythmWords(one.body.rhythm)] : []),
  button(t('taper.title'), taperDoor, {}),
]
