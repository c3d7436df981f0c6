import { type Substitutions, substituteText } from '../cloudwatch/template.ts'

/** The embedded world's stack, as CloudFormation would know it. */
export const stack = {
  'AWS::StackName': 'token-proxy-local',
  'AWS::Region': 'local',
  'AWS::AccountId': '000000000000',
  'AWS::Partition': 'aws',
} as const

/**
 * Lets every name that a part of a template refers to stand for itself, but for those whose meaning is
 * given: what is not embedded has no other name here.
 */
export function toSubstitutions(part: unknown, given: Substitutions): Substitutions {
  const text = JSON.stringify(part)
  const names = [...text.matchAll(/\$\{([^!}]+)\}|"Ref":"([^"]+)"/g)].map(
    ([, inText, referred]) => inText ?? referred ?? '',
  )
  return { ...Object.fromEntries(names.map((name) => [name, name])), ...given }
}

/** Fills in the placeholders of a dashboard body, as CloudFormation does: in its text. */
export function fillIn<Body>(body: Body, given: Substitutions): Body {
  const text = JSON.stringify(body)
  return JSON.parse(substituteText(text, toSubstitutions(body, given)))
}
