import { expect, test } from 'vitest'
import { file, say } from '../../../src/kit/reply.ts'
import { drawBlocks } from '../../../src/platforms/playground/draw.ts'
import { t } from '../../../src/words/text.ts'

test('bold comes from our own sentences and never from what somebody wrote', () => {
  const message = say(t('people.roster.shared', { name: 'A**n**a *' }))
  expect(drawBlocks(message, 'en')).toEqual([
    { kind: 'text', text: ['', 'A**n**a *', ' shared a check-in.'] },
  ])
})

test('a picture travels inside its message with words in its place', () => {
  const picture = {
    kind: 'picture',
    name: 'p.png',
    png: new Uint8Array([1, 2]),
    alt: { en: 'up', es: 'sube' },
  } as const
  expect(drawBlocks(say(picture), 'es')).toEqual([
    { kind: 'picture', src: 'data:image/png;base64,AQI=', alt: 'sube' },
  ])
})

test('a file travels inside its message', () => {
  const plan = file('plan.txt', Buffer.from('mine'), 'text/plain', { en: 'My plan', es: 'Mi plan' })
  expect(drawBlocks(say(plan), 'es')).toEqual([
    { kind: 'file', name: 'plan.txt', href: 'data:text/plain;base64,bWluZQ==', label: 'Mi plan' },
  ])
})
