// What is registered with Discord is a published surface: a changed snapshot is a product change.
import { ApplicationCommandType } from 'discord.js'
import { describe, expect, it } from 'vitest'
import { commands } from '../../../commands/index.ts'
import { collect } from '../../../src/kit/features.ts'
import { registrationOf } from '../../../src/platforms/discord/registration.ts'
import { faultsOf } from '../../support/discord/contract.ts'
import { features } from './example.ts'

const ours = registrationOf(collect(commands))

describe('the registered commands', () => {
  it('are as published', async () => {
    await expect(`${JSON.stringify(ours, undefined, 2)}\n`).toMatchFileSnapshot('registration.snap')
  })
  it('keep to the description of Discord’s API, the real ones and those that use every field', () => {
    expect(faultsOf.commands(ours)).toEqual([])
    expect(faultsOf.commands(registrationOf(features))).toEqual([])
  })
  it('put required options first and have no two names alike in either language', () => {
    for (const one of ours) {
      const required = ('options' in one ? (one.options ?? []) : []).map((option) => option.required === true)
      expect(required).toEqual(required.toSorted((a, b) => Number(b) - Number(a)))
    }
    const spanish = ours.map((one) => one.name_localizations?.['es-ES'])
    expect(new Set(spanish).size).toBe(ours.length)
    for (const one of ours.filter(({ type }) => type === ApplicationCommandType.ChatInput))
      expect(one.name_localizations?.['es-ES']).toMatch(/^[-\p{Ll}\p{N}]{1,32}$/u)
  })
})
