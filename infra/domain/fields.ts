import { type Field, optionalTextField } from '../../core/settings/field.ts'
import { addressSyntaxes } from './syntax.ts'

/** The fields of a stage for a custom domain name of the HTTP API. */
export const domainFields = {
  domainName: optionalTextField({
    syntax: addressSyntaxes.hostName,
    rule: 'must be a host name in lower case',
    meaning:
      'A [custom domain name](#a-custom-domain-name) of the API, such as `login.example.com`. `publicUrl` follows from it.',
  }),
  domainCertificate: optionalTextField({
    syntax: addressSyntaxes.certificate,
    rule: 'must be the ARN of a certificate in ACM',
    meaning: 'The ARN of the certificate for `domainName`, in the Region of the stack.',
  }),
  domainBasePath: optionalTextField({
    syntax: addressSyntaxes.basePath,
    rule: 'must be plain path segments without a slash around them, and not begin with clients/',
    meaning:
      'The path below which the proxy answers at `domainName`, such as `auth`, so that other APIs can share the name.',
  }),
  domainHostedZone: optionalTextField({
    syntax: addressSyntaxes.hostedZone,
    rule: 'must be the id of a hosted zone in Route 53',
    meaning:
      'The id of the hosted zone in Route 53 in which the stack makes the record of `domainName`. Without it, you make the record.',
  }),
} as const satisfies Readonly<Record<string, Field<unknown>>>
