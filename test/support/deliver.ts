// Delivery around a cast, with a platform in memory: what each person received, as words.
import { choresOf } from '../../src/chores.ts'
import { createDelivery } from '../../src/delivery/delivery.ts'
import { createPacer, paces } from '../../src/delivery/pace.ts'
import { createSender } from '../../src/delivery/sender.ts'
import { newId } from '../../src/store/ids.ts'
import type { Store } from '../../src/store/connect.ts'
import { shownInMessage, type Cast } from './cast.ts'
import { fakePlatform } from './fake-platform.ts'

export function deliverTo(cast: Cast, store: Store) {
  const platform = fakePlatform('playground')
  const fail = (error: unknown) => {
    throw error
  }
  const sender = createSender({
    poster: platform,
    outbox: store.outbox,
    pacer: createPacer(paces.playground),
    clock: cast.clock,
    owner: newId(),
    render: cast.conversation.notices,
    onError: fail,
  })
  const delivery = createDelivery({
    schedules: store.schedules,
    senders: { playground: sender },
    clock: cast.clock,
    newId,
    onError: fail,
    chores: choresOf(cast.conversation.app, fail),
  })
  return {
    platform,
    delivery,
    words: () => platform.shown.map(({ message, language }) => shownInMessage(message, language)),
  }
}
