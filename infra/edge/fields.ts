import {
  choiceField,
  type Field,
  optionalTextField,
  wholeNumberField,
} from '../../core/settings/field.ts'
import { addressSyntaxes } from '../domain/syntax.ts'

const priceClasses = ['PriceClass_100', 'PriceClass_200', 'PriceClass_All'] as const

/** The fields of a stage for CloudFront with a web ACL in front of the HTTP API. */
export const edgeFields = {
  edge: choiceField(['off', 'optional', 'required'], {
    byDefault: 'off',
    rule: 'must be "off", "optional" or "required"',
    meaning:
      'Whether CloudFront with a web ACL stands [in front](#cloudfront-with-a-web-acl-in-front). `"optional"`: front ends may also come directly, while they move. `"required"`: only what comes through it is served.',
  }),
  edgeDomainName: optionalTextField({
    syntax: addressSyntaxes.hostName,
    rule: 'must be a host name in lower case',
    meaning:
      'The name at which front ends call CloudFront. It differs from `domainName`, by which CloudFront reaches the API.',
  }),
  edgeCertificate: optionalTextField({
    syntax: addressSyntaxes.certificate,
    rule: 'must be the ARN of a certificate in ACM',
    meaning: 'The ARN of the certificate for `edgeDomainName`, in us-east-1.',
  }),
  edgeHostedZone: optionalTextField({
    syntax: addressSyntaxes.hostedZone,
    rule: 'must be the id of a hosted zone in Route 53',
    meaning:
      'The id of the hosted zone in Route 53 in which the records of `edgeDomainName` are made. Without it, you make them.',
  }),
  edgeRequestsPerFiveMinutes: wholeNumberField({
    byDefault: 2000,
    least: 10,
    most: 1_000_000,
    meaning:
      'How many requests one IP address may send to CloudFront within five minutes; more are answered with 429. Everybody behind one company network has the same address.',
  }),
  edgePriceClass: choiceField(priceClasses, {
    byDefault: 'PriceClass_100',
    rule: `must be one of ${priceClasses.join(', ')}`,
    meaning:
      'In which parts of the world CloudFront answers: `PriceClass_100` is North America, Europe and Israel.',
  }),
  edgeHttp: choiceField(['refuse', 'redirect'], {
    byDefault: 'refuse',
    rule: 'must be "refuse" or "redirect"',
    meaning: 'What CloudFront does with plain http: it refuses, or redirects to https.',
  }),
} as const satisfies Readonly<Record<string, Field<unknown>>>
