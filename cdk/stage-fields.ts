// Generated from the tables of settings: npm run generate.

/** The fields of a stage; `region` is that of the stack where that is known. */
export interface StageFields {
  /** The Region of the stack. */
  readonly region?: string
  /** Whether the record of domainName is one of two, and DNS leads to the second Region while /health of the first one fails, see several Regions. About $2 a month for each Region. By default false. */
  readonly domainFailover?: boolean
  /** How many days the logs of the API and the functions are kept. That of a canary is not among them. By default 30. */
  readonly logRetentionDays?: 1 | 3 | 5 | 7 | 14 | 30 | 60 | 90 | 120 | 150 | 180 | 365 | 400 | 545 | 731 | 1096 | 1827 | 2192 | 2557 | 2922 | 3288 | 3653
  /** The memory of oauth2 in MB, which also determines its share of a processor. By default 512. */
  readonly memoryMb?: number
  /** The reserved concurrency of oauth2, and the same again for metadata: the most sandboxes that may run at the same time. By default 20. */
  readonly reservedConcurrency?: number
  /** Whether a new version gets 10 % of the requests for 5 minutes before it gets all of them, and is taken back if an alarm says that it is bad: gradual deployment. By default false. */
  readonly gradualDeployment?: boolean
  /** How many sandboxes of oauth2 are always warm, as part of reservedConcurrency. They cost money while they wait: when it pays. By default 0. */
  readonly provisionedConcurrency?: number
  /** Whether the stack has a table in which all sandboxes remember used codes and refresh tokens, so that a double exchange can be proved. By default false. */
  readonly evidenceTable?: boolean
  /** Whether the functions may look up which pool owns a domain, see below. IAM grants this for all domains or none. By default false. */
  readonly diagnoseDomain?: boolean
  /** Whether the doctor makes rounds on a schedule. Without it, the doctor is deployed but runs only when somebody invokes it. By default true. */
  readonly doctorSchedule?: boolean
  /** After how many days the secret of each client, and the key of cookies, is replaced: rotation. 0 leaves them to you. By default 0. */
  readonly rotateSecretsDays?: number
  /** How many hours after midnight UTC a rotation may begin. By default 3. */
  readonly rotationWindowHours?: number
  /** When a secret that was replaced is deleted. "hourly": within an hour after nothing can use it any more. "next-rotation": by the next rotation only. By default "hourly". */
  readonly endOverlap?: 'hourly' | 'next-rotation'
  /** The ARN of the KMS key that encrypts the secrets, if it is one of your own: the roles may use it for them. */
  readonly secretsKmsKey?: string
  /** The ARN of a KMS key of your own for every log group of the stack, that of the access log too: keys. That of a canary is not among them. */
  readonly logsKmsKey?: string
  /** The ARN of a KMS key of your own for the table of evidenceTable. */
  readonly evidenceTableKmsKey?: string
  /** The ARN of a KMS key of your own for both topics. Its policy must let CloudWatch use it, or no alarm is delivered. */
  readonly topicsKmsKey?: string
  /** The ARN of a KMS key of your own for the settings of the functions in Lambda. They contain no secret. */
  readonly environmentKmsKey?: string
  /** The ARN of the policy that is the permissions boundary of every role of the stack. */
  readonly permissionsBoundary?: string
  /** The IAM path of every role of the stack, such as "/team/". Changing it replaces the roles. Their names begin with the name of the stack in any case. */
  readonly rolePath?: string
  /** The tags of the stack and of everything in it that can have tags, such as {"team": "sign-in"}. By default {}. */
  readonly tags?: Readonly<Record<string, string>>
  /** A custom domain name of the API, such as login.example.com. publicUrl follows from it. */
  readonly domainName?: string
  /** The ARN of the certificate for domainName, in the Region of the stack. */
  readonly domainCertificate?: string
  /** The path below which the proxy answers at domainName, such as auth, so that other APIs can share the name. */
  readonly domainBasePath?: string
  /** The id of the hosted zone in Route 53 in which the stack makes the record of domainName. Without it, you make the record. */
  readonly domainHostedZone?: string
  /** Whether only the custom domain name leads to the API, and not the address that AWS makes for it, so that nobody goes around a web ACL or CDN in front of it. By default false. */
  readonly disableExecuteApiEndpoint?: boolean
  /** Whether CloudFront with a web ACL stands in front. "optional": front ends may also come directly, while they move. "required": only what comes through it is served. By default "off". */
  readonly edge?: 'off' | 'optional' | 'required'
  /** The name at which front ends call CloudFront. It differs from domainName, by which CloudFront reaches the API. */
  readonly edgeDomainName?: string
  /** The ARN of the certificate for edgeDomainName, in us-east-1. */
  readonly edgeCertificate?: string
  /** The id of the hosted zone in Route 53 in which the records of edgeDomainName are made. Without it, you make them. */
  readonly edgeHostedZone?: string
  /** How many requests one IP address may send to CloudFront within five minutes; more are answered with 429. Everybody behind one company network has the same address. By default 2000. */
  readonly edgeRequestsPerFiveMinutes?: number
  /** In which parts of the world CloudFront answers: PriceClass_100 is North America, Europe and Israel. By default "PriceClass_100". */
  readonly edgePriceClass?: 'PriceClass_100' | 'PriceClass_200' | 'PriceClass_All'
  /** What CloudFront does with plain http: it refuses, or redirects to https. By default "refuse". */
  readonly edgeHttp?: 'refuse' | 'redirect'
  /** Cognito's quota of requests per second for UserAuthentication, as Service Quotas shows it: refreshes, and sign-ins on Cognito's own pages. At 80 % of it an alarm sends a notice. By default 120. */
  readonly cognitoUserAuthenticationPerSecond?: number
  /** Cognito's quota of requests per second for code exchanges, which have a count of their own. By default 120. */
  readonly cognitoCodeExchangesPerSecond?: number
  /** Request headers in lower case that your pages add to every call, beside those of the usual tracing tools. By default []. */
  readonly corsHeaders?: readonly string[]
  /** Whether the stack also publishes the site of these docs, so that alarms and error_uri lead to its pages: below. By default false. */
  readonly site?: boolean
  /** How often a canary of CloudWatch Synthetics checks the deployment from outside, in minutes. 0: never. Every 5 minutes costs about $10 a month. By default 0. */
  readonly canaryEveryMinutes?: number
  /** The e-mail addresses that get every alarm and every page, see below. By default []. */
  readonly alarmEmails?: readonly string[]
  /** The time limit for a whole request: secret, connection, answer and second attempt together. In milliseconds. By default 10000. */
  readonly deadlineMs?: number
  /** The part of Lambda's time limit that is reserved for the answer and the record. In milliseconds. By default 500. */
  readonly deadlineMarginMs?: number
  /** How long a new connection to the user pool domain may take, including DNS and TLS. In milliseconds. By default 2000. */
  readonly connectTimeoutMs?: number
  /** A connection that was idle for longer, including a freeze of the sandbox, is not used again. In milliseconds. By default 4000. */
  readonly idleConnectionMs?: number
  /** How long one read of a secret may take before the last good value is used instead. While there is such a value, a read takes no more than half of what is left of the request. In milliseconds. By default 3000. */
  readonly secretTimeoutMs?: number
  /** A secret older than this, plus or minus 10 %, is read again before it is used. In seconds. By default 300. */
  readonly secretSoftAgeSeconds?: number
  /** A secret older than this is not used even while Secrets Manager does not answer. In seconds. By default 86400. */
  readonly secretHardAgeSeconds?: number
  /** How long a client waits between two reads of its secret after a refusal. In seconds. By default 30. */
  readonly secretRefetchCooldownSeconds?: number
  /** How long a browser keeps the cookie of a refresh token. Set it to the lifetime of the refresh token. In seconds. By default 2592000. */
  readonly cookieMaxAgeSeconds?: number
  /** How many requests one process handles at the same time; it answers others 429. In requests. By default 200. */
  readonly mostInFlight?: number
  /** The dimension service of every metric and the service of every log line. By default "token-proxy". */
  readonly service?: string
  /** The address at which docs/runbook is published; links add /CAUSE.md to it. Where a stage has site: true, it is by default that of its own site. By default "". */
  readonly runbookUrl?: string
  /** The address at which front ends call the proxy. The endpoints in the discovery document are there; if it is empty, they are at the host of the request. Required if a client keeps its refresh token in a cookie, and with edgeKeyDigests. By default "". */
  readonly publicUrl?: string
  /** The secret with the key that seals refresh tokens in cookies: 32 random bytes in base64. By default "". */
  readonly cookieKeySecret?: string
  /** The digests of the keys that the CDN in front may send with each request. If there is one, requests that went around the CDN are refused. Two are for the time in which the key is replaced. By default "". */
  readonly edgeKeyDigests?: string
  /** How many metrics are counted. small costs less and still pages for every outage, but only the log tells the causes. By default "full". */
  readonly watch?: 'full' | 'small'
  /** The app clients. */
  readonly clients: readonly StageClient[]
}

/** The fields of an app client. */
export interface StageClient {
  /** Unique alias [a-z][a-z0-9-]{0,31}; metrics and records name the client with it. unknown and cookie-key have a meaning there, and are refused. */
  readonly name: string
  /** The app client's id, unique. */
  readonly clientId: string
  /** Name or ARN of the secret: {"client_id": …, "client_secret": …}; a plain string is the secret itself. An ARN may leave out the hyphen and the six random characters at its end, unless the name ends in a hyphen and six characters itself: Secrets Manager would take those for the random ones. */
  readonly secretId: string
  /** Base URL of the user pool domain: https without a path; http only on a loopback host. */
  readonly domain: string
  /** The user pool's id. It determines the issuer, and the proxy reads this pool to explain failures. */
  readonly userPoolId?: string
  /** For a user pool with a replica: the Region in which the proxy reads it. Several Regions says when to set it. */
  readonly userPoolRegion?: string
  /** The user pool's issuer, an https URL. */
  readonly issuer?: string
  /** Exact origins that may call, also of a Chrome extension (chrome-extension://ID); [] with allowNoOrigin for native apps only. */
  readonly origins: readonly string[]
  /** Whether requests without an Origin header are accepted, as native apps send them. By default false. */
  readonly allowNoOrigin?: boolean
  /** Exact redirect URIs; required if the code grant is allowed. By default []. */
  readonly redirectUris?: readonly string[]
  /** Exact addresses that /logout may lead to as post_logout_redirect_uri. With any, the discovery document names /logout of the proxy. By default []. */
  readonly logoutUris?: readonly string[]
  /** Scopes that /oauth2/authorize takes out because Cognito refuses them, such as offline_access. With any, the discovery document names /oauth2/authorize of the proxy. By default []. */
  readonly droppedScopes?: readonly string[]
  /** Whether /oauth2/authorize takes out resource, which Cognito refuses for a resource server that the pool does not have. With it, the discovery document names /oauth2/authorize of the proxy. By default false. */
  readonly dropResource?: boolean
  /** Subset of authorization_code, refresh_token. By default ["authorization_code","refresh_token"]. */
  readonly grants?: readonly ('authorization_code' | 'refresh_token')[]
  /** "body": the front end gets the refresh token in the answer. "cookie": the refresh token is in a cookie that no script can read; see cookie mode. By default "body". */
  readonly refreshToken?: 'body' | 'cookie'
  /** Whether the answer to a refresh repeats the refresh token where Cognito sends none, for libraries that would forget it. Only with refreshToken "body". By default false. */
  readonly repeatRefreshToken?: boolean
  /** The app client's rotation setting: off, on or unknown. A refresh of unknown outcome is repeated only with off, or with on within the grace period. By default "unknown". */
  readonly refreshTokenRotation?: 'off' | 'on' | 'unknown'
  /** The app client's RetryGracePeriodSeconds, 0 to 60; only with rotation on. By default 0. */
  readonly retryGracePeriodSeconds?: number
}
