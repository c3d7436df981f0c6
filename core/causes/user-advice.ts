import type { Answer } from './answered.ts'

/** The languages of the sentences, by their tags of BCP 47. */
export const languages = ['en', 'de', 'fr', 'es', 'ja'] as const
/** One of these languages. */
export type Language = (typeof languages)[number]

/**
 * What the person in front of the screen can do, and the sentence that says so. These are few, because a
 * person can do only a few things, whatever the cause is. `{requestId}` stands for the request id. The ids
 * are as stable as those of causes.
 */
export const userTexts = {
  sign_in_again: {
    en: 'Please sign in again.',
    de: 'Bitte melden Sie sich erneut an.',
    fr: 'Veuillez vous reconnecter.',
    es: 'Vuelva a iniciar sesión, por favor.',
    ja: 'もう一度サインインしてください。',
  },
  start_again: {
    en: 'Signing in took too long. Please sign in again.',
    de: 'Die Anmeldung hat zu lange gedauert. Bitte melden Sie sich erneut an.',
    fr: 'La connexion a pris trop de temps. Veuillez vous reconnecter.',
    es: 'El inicio de sesión ha tardado demasiado. Vuelva a iniciar sesión, por favor.',
    ja: 'サインインに時間がかかりすぎました。もう一度サインインしてください。',
  },
  try_again: {
    en: 'The service is not available right now. Please try again in a moment.',
    de: 'Der Dienst ist gerade nicht erreichbar. Bitte versuchen Sie es gleich noch einmal.',
    fr: 'Le service est momentanément indisponible. Veuillez réessayer dans un instant.',
    es: 'El servicio no está disponible en este momento. Vuelva a intentarlo en unos instantes, por favor.',
    ja: 'ただいまサービスをご利用いただけません。しばらくしてからもう一度お試しください。',
  },
  contact_support: {
    en: 'You did nothing wrong: we have a problem. Please try again later, or give our support this number: {requestId}',
    de: 'Es liegt nicht an Ihnen: Bei uns ist ein Problem aufgetreten. Bitte versuchen Sie es später noch einmal, oder nennen Sie unserem Support diese Nummer: {requestId}',
    fr: 'Vous n’y êtes pour rien : un problème est survenu de notre côté. Veuillez réessayer plus tard ou communiquer ce numéro à notre assistance : {requestId}',
    es: 'No es culpa suya: tenemos un problema. Vuelva a intentarlo más tarde o facilite este número a nuestro servicio de asistencia, por favor: {requestId}',
    ja: 'お客様の操作に問題はありません。こちらで問題が発生しています。しばらくしてからもう一度お試しいただくか、次の番号をサポートにお伝えください：{requestId}',
  },
  report_app: {
    en: 'You did nothing wrong: this app does not work correctly. Please give our support this number: {requestId}',
    de: 'Es liegt nicht an Ihnen: Diese Anwendung funktioniert nicht richtig. Bitte nennen Sie unserem Support diese Nummer: {requestId}',
    fr: 'Vous n’y êtes pour rien : cette application ne fonctionne pas correctement. Veuillez communiquer ce numéro à notre assistance : {requestId}',
    es: 'No es culpa suya: esta aplicación no funciona correctamente. Facilite este número a nuestro servicio de asistencia, por favor: {requestId}',
    ja: 'お客様の操作に問題はありません。このアプリが正しく動作していません。次の番号をサポートにお伝えください：{requestId}',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>

/** The id of one thing that a person can do. */
export type UserAdvice = keyof typeof userTexts

/** What failed: the exchange of a code, or a refresh. */
export type Attempt = 'sign-in' | 'refresh'

/** What a sentence is made for. */
export interface Reader {
  /** A tag of BCP 47, such as `navigator.language`; English is the answer to any other language. */
  readonly language: string
  /** The header `x-request-id` of the answer. */
  readonly requestId?: string | undefined
}

/**
 * Chooses what the person can do after a failed answer of the proxy. Status and error decide: a code that may
 * have been used is never sent again, while a refresh that may have happened can be repeated (RFC 6749
 * section 4.1.2).
 */
export function chooseUserAdvice(
  { status, error }: Pick<Answer, 'status' | 'error'>,
  attempt: Attempt,
): UserAdvice {
  if (status === 401 || error === 'invalid_grant') return 'sign_in_again'
  if (status === 504) return attempt === 'sign-in' ? 'start_again' : 'try_again'
  if (status === 429 || status === 503) return 'try_again'
  return status >= 500 ? 'contact_support' : 'report_app'
}

/** Makes the sentence for the person in front of the screen. Without a request id, its place has a dash. */
export function toUserText(advice: UserAdvice, { language, requestId = '–' }: Reader): string {
  return userTexts[advice][toLanguage(language)].replace('{requestId}', () => requestId)
}

/** Finds the language of a sentence for a tag of BCP 47, such as `de` for `de-AT`. */
export function toLanguage(tag: string): Language {
  const [primary = ''] = tag.toLowerCase().split('-')
  return languages.find((language) => language === primary) ?? 'en'
}
