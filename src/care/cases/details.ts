// Personal details, ways out of the room, and trade, found in words before they go to a group (feature rows 82 and 83).
// A writer is asked to look again; nothing is blocked or reported from here.

export const detailKinds = ['phone', 'email', 'address', 'link', 'handle', 'trade'] as const
export type DetailKind = (typeof detailKinds)[number]

const wide = /[\p{Cf}\u0300-\u036f]/gu
/** Full-width letters, invisible characters and accents make no difference. */
const plain = (text: string): string => text.normalize('NFKD').replaceAll(wide, '').toLowerCase()

const said: Readonly<Record<string, string>> = {
  zero: '0',
  oh: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  cero: '0',
  uno: '1',
  dos: '2',
  tres: '3',
  cuatro: '4',
  cinco: '5',
  seis: '6',
  siete: '7',
  ocho: '8',
  nueve: '9',
}
const digitWord = new RegExp(`\\b(?:${Object.keys(said).join('|')})\\b`, 'g')

const date = /\b(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})\b/g
const clock = /\b\d{1,2}:\d{2}\b/g
/** Crisis lines are for everybody to pass on. */
const publicLine = /\b(?:1[-. ]?)?800[-. ]?\d{3}[-. ]?\d{4}\b|\b(?:988|911|112|024|741741)\b/g

function hasPhone(text: string): boolean {
  const digits = text
    .replaceAll(digitWord, (word) => said[word] ?? word)
    .replaceAll(date, ' ; ')
    .replaceAll(clock, ' ; ')
    .replaceAll(publicLine, ' ; ')
  return [...digits.matchAll(/\+?\(?\d(?:[\s().-]{0,3}\d){6,14}/g)].some(([run]) => {
    const count = run.replaceAll(/\D/g, '').length
    return count >= 7 && count <= 15
  })
}

const email =
  /[\w.+-]+\s?(?:@|\(at\)|\[at\]|\sat\s|\sarroba\s)\s?[\w-]+\s?(?:\.|\(dot\)|\[dot\]|\sdot\s|\spunto\s)\s?(?:com|net|org|edu|gov|io|me|es|mx|us|uk|ca|info|co)\b/

const street =
  'street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct|way|place|pl|terrace|highway|hwy|parkway|pkwy'
const address: readonly RegExp[] = [
  new RegExp(
    `\\b\\d{1,5}\\s+(?:[nsew]\\.?\\s+)?(?:[a-z0-9'.]+\\s+){1,3}(?:${street})\\b\\.?(?!\\s+(?:to|of)\\b)`,
  ),
  /\b(?:apt|apartment|unit|suite|depto|departamento|piso)\s*\.?\s*#?\s*\d+\w?\b/,
  /\b(?:calle|c\/|av|avda|avenida|carrera|cra|paseo|plaza|camino|colonia)\.?\s+(?:[a-z0-9'.]+\s+){0,4}(?:#|no\.?|num\.?|numero|n\.)?\s*\d{1,5}\b/,
  /\b(?:i live|my address is|vivo|mi direccion es)\s+(?:at|on|in|en)?\s*(?:la\s+)?(?:calle\s+\w+|\d{1,5}\s+[a-z]+)/,
]

const link: readonly RegExp[] = [
  /\b(?:https?:\/\/|www\.)\S+/,
  /\b(?:discord\.(?:gg|com\/invite)|t\.me|chat\.whatsapp\.com|wa\.me|bit\.ly|onlyfans\.com|instagram\.com|facebook\.com|tiktok\.com|snapchat\.com)\/?\S*/,
]

const networks =
  'insta(?:gram)?|ig|snap(?:chat)?|sc|tik\\s?tok|telegram|tele|whats\\s?app|wsp|kik|face\\s?book|fb|twitter|signal|wickr|discord|cash\\s?app|venmo'
const handle: readonly RegExp[] = [
  new RegExp(
    `\\b(?:${networks})(?:\\s+(?:name|user|username|handle|id|es|is))*\\s*(?::|=|\\bis\\b|\\bes\\b|@)\\s*@?[\\w.]{3,}`,
  ),
  new RegExp(
    `\\b(?:add|find|follow|message|text|dm|hit|call|agregame|buscame|sigueme|escribeme|hablame|llamame)\\b.{0,20}\\b(?:on|at|up on|en|por|al)\\s+(?:my\\s+|mi\\s+)?(?:${networks})\\b`,
  ),
  new RegExp(`\\b(?:my|mi)\\s+(?:${networks})\\b`),
  /(?:^|[\s(])@[a-z0-9_][a-z0-9_.]{2,}/,
]

const goods =
  'weed|pot|bud|grass|coke|cocaine|blow|crack|heroin|smack|dope|fent\\w*|meth|crystal|ice|speed|molly|mdma|ecstasy|acid|lsd|shrooms|ketamine|xan(?:s|ax|nies|ny)?|benzos?|klonopin|ativan|valium|adderall|addys?|ritalin|vyvanse|oxys?|oxycontin|oxycodone|percs?|percocet|vicodin|norcos?|hydros?|tramadol|codeine|lean|suboxone|subs|subutex|methadone|gabapentin|kratom|pills?|meds?|prescriptions?|drugs?|plug|dealer|hierba|mota|marihuana|maria|coca|cocaina|perico|heroina|cristal|metanfetamina|anfeta\\w*|fentanilo|pastillas?|pastis?|medicinas?|medicamentos?|recetas?|drogas?|extasis|tachas?|rivotril|clonazepam|diazepam|alprazolam|metadona|suboxona|alcohol|vodka|tequila|beers?|chelas?'
const trade: readonly RegExp[] = [
  new RegExp(
    `\\b(?:sell(?:ing)?|buy(?:ing)?|trad(?:e|ing)|swap(?:ping)?|hook (?:me|you|u|ya) up|got any|anyone (?:got|have|holding)|who(?:'?s| is)? (?:got|has|holding|selling)|need to score|score|cop|looking for|spare|extra|can get you|for sale|prices? (?:on|for)|venmo me|cash ?app me|where (?:can|do) (?:i|you|we|u) (?:get|buy|find)|know (?:a|any) (?:guy|one)|meet (?:up )?(?:for|to get)|split)\\b.{0,40}\\b(?:${goods})\\b`,
  ),
  new RegExp(
    `\\b(?:${goods})\\b.{0,30}\\b(?:for sale|to sell|to spare|hmu|dm me|hit me up|\\$ ?\\d+|\\d+ ?(?:bucks|dollars|each|a pop)|a la venta|en venta|baratas?|baratos?|me sobran)\\b`,
  ),
  new RegExp(
    `\\b(?:vend[oe]|venden|vendemos|compro|compras?|consigo|consigues?|te consigo|te paso|alguien (?:tiene|vende)|quien (?:tiene|vende)|busco|necesito conseguir|donde (?:consigo|compro|puedo (?:conseguir|comprar))|cambio|me sobran|intercambio|me pasas|nos vemos para)\\b.{0,40}\\b(?:${goods})\\b`,
  ),
]
/** "I stopped selling", "ya no compro": told as past or refused, which is what a group is for. */
const notNow =
  /\b(?:stopped|quit|used to|no longer|never|don'?t|do not|didn'?t|won'?t|not|refused|deje de|ya no|nunca|no|antes)\s+(?:\w+\s+){0,2}$/

function hasTrade(text: string): boolean {
  return trade.some((pattern) => {
    const found = pattern.exec(text)
    return found !== null && !notNow.test(text.slice(Math.max(0, found.index - 30), found.index))
  })
}

/** What of that kind stands in the text, in the order of `detailKinds`. */
export function detailsIn(text: string): readonly DetailKind[] {
  // A text longer than any form takes is looked at in its beginning only.
  const words = plain(text.slice(0, 20_000)).replaceAll(/\s+/g, ' ')
  const isEmail = email.test(words)
  const found: Readonly<Record<DetailKind, boolean>> = {
    phone: hasPhone(words),
    email: isEmail,
    address: address.some((pattern) => pattern.test(words)),
    link: link.some((pattern) => pattern.test(words)),
    handle: handle.some((pattern) => pattern.test(words)),
    trade: hasTrade(words),
  }
  return detailKinds.filter((kind) => found[kind])
}
