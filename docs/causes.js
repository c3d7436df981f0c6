// Generated from core/causes/: do not edit. Its types are in causes.d.ts.

// core/causes/answered.ts
function toCauseLookup(rows2) {
  const isCauseId2 = (text) => Object.hasOwn(rows2, text);
  const findCauses2 = ({ status, error, errorDescription, errorUri }) => {
    const linked = /\/([a-z_]+)(?:\.md|\.html)?$/.exec(errorUri ?? "")?.[1] ?? "";
    if (isCauseId2(linked)) return [rows2[linked]];
    return Object.values(rows2).filter((row) => {
      const texts = [row.description, row.descriptionForCode ?? row.description];
      return (row.status === status || row.statusForCode === status) && row.error === error && (errorDescription === void 0 || texts.some((text) => errorDescription.startsWith(text)));
    });
  };
  return {
    causeIds: Object.values(rows2).map(({ id }) => id),
    isCauseId: isCauseId2,
    describeCause: (id) => rows2[id],
    findCauses: findCauses2
  };
}

// core/causes/user-advice.ts
var languages = ["en", "de", "fr", "es", "ja"];
var userTexts = {
  sign_in_again: {
    en: "Please sign in again.",
    de: "Bitte melden Sie sich erneut an.",
    fr: "Veuillez vous reconnecter.",
    es: "Vuelva a iniciar sesión, por favor.",
    ja: "もう一度サインインしてください。"
  },
  start_again: {
    en: "Signing in took too long. Please sign in again.",
    de: "Die Anmeldung hat zu lange gedauert. Bitte melden Sie sich erneut an.",
    fr: "La connexion a pris trop de temps. Veuillez vous reconnecter.",
    es: "El inicio de sesión ha tardado demasiado. Vuelva a iniciar sesión, por favor.",
    ja: "サインインに時間がかかりすぎました。もう一度サインインしてください。"
  },
  try_again: {
    en: "The service is not available right now. Please try again in a moment.",
    de: "Der Dienst ist gerade nicht erreichbar. Bitte versuchen Sie es gleich noch einmal.",
    fr: "Le service est momentanément indisponible. Veuillez réessayer dans un instant.",
    es: "El servicio no está disponible en este momento. Vuelva a intentarlo en unos instantes, por favor.",
    ja: "ただいまサービスをご利用いただけません。しばらくしてからもう一度お試しください。"
  },
  contact_support: {
    en: "You did nothing wrong: we have a problem. Please try again later, or give our support this number: {requestId}",
    de: "Es liegt nicht an Ihnen: Bei uns ist ein Problem aufgetreten. Bitte versuchen Sie es später noch einmal, oder nennen Sie unserem Support diese Nummer: {requestId}",
    fr: "Vous n’y êtes pour rien : un problème est survenu de notre côté. Veuillez réessayer plus tard ou communiquer ce numéro à notre assistance : {requestId}",
    es: "No es culpa suya: tenemos un problema. Vuelva a intentarlo más tarde o facilite este número a nuestro servicio de asistencia, por favor: {requestId}",
    ja: "お客様の操作に問題はありません。こちらで問題が発生しています。しばらくしてからもう一度お試しいただくか、次の番号をサポートにお伝えください：{requestId}"
  },
  report_app: {
    en: "You did nothing wrong: this app does not work correctly. Please give our support this number: {requestId}",
    de: "Es liegt nicht an Ihnen: Diese Anwendung funktioniert nicht richtig. Bitte nennen Sie unserem Support diese Nummer: {requestId}",
    fr: "Vous n’y êtes pour rien : cette application ne fonctionne pas correctement. Veuillez communiquer ce numéro à notre assistance : {requestId}",
    es: "No es culpa suya: esta aplicación no funciona correctamente. Facilite este número a nuestro servicio de asistencia, por favor: {requestId}",
    ja: "お客様の操作に問題はありません。このアプリが正しく動作していません。次の番号をサポートにお伝えください：{requestId}"
  }
};
function chooseUserAdvice({ status, error }, attempt) {
  if (status === 401 || error === "invalid_grant") return "sign_in_again";
  if (status === 504) return attempt === "sign-in" ? "start_again" : "try_again";
  if (status === 429 || status === 503) return "try_again";
  return status >= 500 ? "contact_support" : "report_app";
}
function toUserText(advice, { language, requestId = "–" }) {
  return userTexts[advice][toLanguage(language)].replace("{requestId}", () => requestId);
}
function toLanguage(tag) {
  const [primary = ""] = tag.toLowerCase().split("-");
  return languages.find((language) => language === primary) ?? "en";
}

// <stdin>
var rows = {
  "route_not_found": {
    "id": "route_not_found",
    "status": 404,
    "error": "invalid_request",
    "description": "There is nothing at this path. The token endpoint is /oauth2/token, the revocation endpoint is /oauth2/revoke.",
    "fault": "caller",
    "fix": "Set the token endpoint of the front end to /oauth2/token on this host.",
    "candidates": []
  },
  "method_not_allowed": {
    "id": "method_not_allowed",
    "status": 405,
    "error": "invalid_request",
    "description": "This path does not support the HTTP method. The Allow header lists the supported ones.",
    "fault": "caller",
    "fix": "Send token and revocation requests as POST, and metadata requests as GET.",
    "candidates": []
  },
  "content_type_unsupported": {
    "id": "content_type_unsupported",
    "status": 415,
    "error": "invalid_request",
    "description": "Send the parameters as application/x-www-form-urlencoded, in UTF-8 and without Content-Encoding.",
    "fault": "caller",
    "fix": "Send one Content-Type header with the value application/x-www-form-urlencoded.",
    "candidates": []
  },
  "body_too_large": {
    "id": "body_too_large",
    "status": 413,
    "error": "invalid_request",
    "description": "The request is too large.",
    "fault": "caller",
    "fix": "Send only the parameters of the grant.",
    "candidates": []
  },
  "body_malformed": {
    "id": "body_malformed",
    "status": 400,
    "error": "invalid_request",
    "description": "The request body cannot be parsed as form parameters.",
    "fault": "caller",
    "fix": "Encode the parameters with a form encoder such as URLSearchParams.",
    "candidates": []
  },
  "query_not_allowed": {
    "id": "query_not_allowed",
    "status": 400,
    "error": "invalid_request",
    "description": "This endpoint does not accept a query string. Send the parameters in the body.",
    "fault": "caller",
    "fix": "Move the parameters from the URL into the body.",
    "candidates": []
  },
  "parameter_missing": {
    "id": "parameter_missing",
    "status": 400,
    "error": "invalid_request",
    "description": "A required parameter is missing or empty.",
    "fault": "caller",
    "fix": "Send the parameter that the answer names.",
    "candidates": []
  },
  "parameter_repeated": {
    "id": "parameter_repeated",
    "status": 400,
    "error": "invalid_request",
    "description": "A parameter is repeated.",
    "fault": "caller",
    "fix": "Send each parameter only once.",
    "candidates": []
  },
  "parameter_malformed": {
    "id": "parameter_malformed",
    "status": 400,
    "error": "invalid_request",
    "description": "A parameter has an invalid value.",
    "fault": "caller",
    "fix": "Send the value exactly as Cognito issued it; if the refresh token is kept in a cookie, leave the parameter out.",
    "candidates": []
  },
  "grant_type_unsupported": {
    "id": "grant_type_unsupported",
    "status": 400,
    "error": "unsupported_grant_type",
    "description": "This grant_type is not enabled for this client. The proxy supports authorization_code and refresh_token.",
    "fault": "caller",
    "fix": "Use the authorization code grant, or add the grant to the settings of the client.",
    "candidates": []
  },
  "client_unknown": {
    "id": "client_unknown",
    "status": 400,
    "error": "invalid_client",
    "description": "This client_id is not configured at the proxy.",
    "fault": "caller",
    "fix": "Use the client id of a configured app client, or add this app client to the settings.",
    "candidates": []
  },
  "caller_sent_credentials": {
    "id": "caller_sent_credentials",
    "status": 400,
    "error": "invalid_request",
    "description": "Do not send credentials. A front end is a public client, and the proxy adds the secret.",
    "fault": "caller",
    "fix": "Remove the secret from the front end, replace it in the user pool, and set the client authentication of the library to none.",
    "candidates": []
  },
  "dpop_unsupported": {
    "id": "dpop_unsupported",
    "status": 400,
    "error": "invalid_request",
    "description": "Cognito does not support DPoP. Remove the DPoP header.",
    "fault": "caller",
    "fix": "Turn off DPoP in the OAuth library.",
    "candidates": []
  },
  "origin_not_allowed": {
    "id": "origin_not_allowed",
    "status": 403,
    "error": "unauthorized_client",
    "description": "This origin is not allowed for this client.",
    "fault": "caller",
    "fix": "Add the exact origin to the settings of the client. If there is none, let the CDN in front forward the header Origin; only for a native app, set allowNoOrigin.",
    "candidates": []
  },
  "redirect_uri_not_allowed": {
    "id": "redirect_uri_not_allowed",
    "status": 400,
    "error": "invalid_request",
    "description": "This redirect_uri is not configured for this client. Redirect URIs are compared byte for byte.",
    "fault": "caller",
    "fix": "Send a configured redirect URI, or add this one to the settings and to the callback URLs of the app client.",
    "candidates": []
  },
  "pkce_verifier_missing": {
    "id": "pkce_verifier_missing",
    "status": 400,
    "error": "invalid_request",
    "description": "The parameter code_verifier is missing. Sign-in must use PKCE with S256.",
    "fault": "caller",
    "fix": "Turn on PKCE in the OAuth library, and start sign-in again if the stored verifier is lost.",
    "candidates": []
  },
  "pkce_verifier_malformed": {
    "id": "pkce_verifier_malformed",
    "status": 400,
    "error": "invalid_request",
    "description": "The parameter code_verifier must be 43 to 128 characters long and use only A-Z a-z 0-9 - . _ ~.",
    "fault": "caller",
    "fix": "Let the OAuth library create the verifier.",
    "candidates": []
  },
  "edge_key_missing": {
    "id": "edge_key_missing",
    "status": 403,
    "error": "invalid_request",
    "description": "This request did not come through the public address of the token service. Send it there.",
    "fault": "caller",
    "fix": "Call the proxy at the address of the distribution in front of it.",
    "candidates": []
  },
  "edge_key_mismatch": {
    "id": "edge_key_mismatch",
    "status": 503,
    "error": "temporarily_unavailable",
    "description": "The token service is temporarily unavailable. This is not an error in your request. Try again later.",
    "fault": "operator",
    "fix": "Let the distribution send a key whose digest is in TOKEN_PROXY_EDGE_KEY_DIGESTS.",
    "candidates": []
  },
  "csrf_header_missing": {
    "id": "csrf_header_missing",
    "status": 403,
    "error": "invalid_request",
    "description": "This client keeps its refresh token in a cookie, so every request needs the header X-Requested-With: token-proxy.",
    "fault": "caller",
    "fix": "Send the header X-Requested-With: token-proxy with every token and revocation request.",
    "candidates": []
  },
  "sign_in_cookie_missing": {
    "id": "sign_in_cookie_missing",
    "status": 400,
    "error": "invalid_request",
    "description": "This sign-in was not started in this browser at /oauth2/authorize of this proxy, or it was started with another code_verifier. Start it again there.",
    "fault": "caller",
    "fix": "Begin sign-in at the proxy's own /oauth2/authorize, and send the exchange from the same browser with credentials: include.",
    "candidates": []
  },
  "refresh_cookie_missing": {
    "id": "refresh_cookie_missing",
    "status": 401,
    "error": "invalid_request",
    "description": "This browser has no usable refresh token: the request has no valid cookie of this client. Sign in again.",
    "fault": "caller",
    "fix": "Sign the user in again; if no request ever has the cookie, send requests from the same site with credentials: include.",
    "candidates": []
  },
  "refresh_cookie_unreadable": {
    "id": "refresh_cookie_unreadable",
    "status": 401,
    "error": "invalid_request",
    "description": "This browser has no usable refresh token: the request has no valid cookie of this client. Sign in again.",
    "fault": "caller",
    "fix": "Sign the user in again; if it happens to many users at once, check whether the cookie key was changed twice in a short time.",
    "candidates": []
  },
  "refresh_cookie_undecided": {
    "id": "refresh_cookie_undecided",
    "status": 429,
    "error": "temporarily_unavailable",
    "description": "It cannot be decided yet whether the cookie is valid. Try again later.",
    "fault": "caller",
    "fix": "Send the request again after the time in Retry-After; the cookie stays in the browser.",
    "candidates": []
  },
  "client_secret_mismatch": {
    "id": "client_secret_mismatch",
    "status": 502,
    "error": "server_error",
    "description": "This is a problem on the server side, not an error in your request. The operator of this service must fix it.",
    "fault": "operator",
    "fix": "Store the app client's current secret in Secrets Manager, or let npm run secret -- rotate replace it; the proxy picks it up without a deployment.",
    "candidates": []
  },
  "client_not_found": {
    "id": "client_not_found",
    "status": 502,
    "error": "server_error",
    "description": "This is a problem on the server side, not an error in your request. The operator of this service must fix it.",
    "fault": "operator",
    "fix": "Set clientId and the stored secret to those of an app client that exists in the user pool.",
    "candidates": []
  },
  "client_has_no_secret": {
    "id": "client_has_no_secret",
    "status": 502,
    "error": "server_error",
    "description": "This is a problem on the server side, not an error in your request. The operator of this service must fix it.",
    "fault": "operator",
    "fix": "Create an app client with a secret; a secret cannot be added to an app client that was created without one.",
    "candidates": []
  },
  "client_rejected": {
    "id": "client_rejected",
    "status": 502,
    "error": "server_error",
    "description": "This is a problem on the server side, not an error in your request. The operator of this service must fix it.",
    "fault": "operator",
    "fix": "Compare the client id and secret in Secrets Manager with the app client in the user pool.",
    "candidates": [
      "client_secret_mismatch",
      "client_not_found",
      "client_has_no_secret",
      "domain_of_another_pool",
      "secret_change_spreading"
    ]
  },
  "grant_not_allowed": {
    "id": "grant_not_allowed",
    "status": 502,
    "error": "server_error",
    "description": "This is a problem on the server side, not an error in your request. The operator of this service must fix it.",
    "fault": "operator",
    "fix": "Add the authorization code grant to the allowed OAuth flows of the app client.",
    "candidates": []
  },
  "oauth_flows_disabled": {
    "id": "oauth_flows_disabled",
    "status": 502,
    "error": "server_error",
    "description": "This is a problem on the server side, not an error in your request. The operator of this service must fix it.",
    "fault": "operator",
    "fix": "Set AllowedOAuthFlowsUserPoolClient of the app client to true.",
    "candidates": []
  },
  "callback_not_registered": {
    "id": "callback_not_registered",
    "status": 502,
    "error": "server_error",
    "description": "This is a problem on the server side, not an error in your request. The operator of this service must fix it.",
    "fault": "operator",
    "fix": "Add the redirect URI to the callback URLs of the app client, or use the registered one in the settings and the front end.",
    "candidates": []
  },
  "client_unauthorized": {
    "id": "client_unauthorized",
    "status": 502,
    "error": "server_error",
    "description": "This is a problem on the server side, not an error in your request. The operator of this service must fix it.",
    "fault": "operator",
    "fix": "Check the allowed OAuth flows, the OAuth switch and the callback URLs of the app client, and that sign-in starts with the same redirect URI.",
    "candidates": [
      "redirect_uri_mismatch",
      "callback_not_registered",
      "grant_not_allowed",
      "oauth_flows_disabled"
    ]
  },
  "lambda_trigger_failed": {
    "id": "lambda_trigger_failed",
    "status": 502,
    "error": "server_error",
    "description": "This is a problem on the server side, not an error in your request. The operator of this service must fix it.",
    "fault": "operator",
    "fix": "Read the log of the user pool's Lambda trigger at the time of the failure.",
    "candidates": []
  },
  "revocation_disabled": {
    "id": "revocation_disabled",
    "status": 502,
    "error": "server_error",
    "description": "This is a problem on the server side, not an error in your request. The operator of this service must fix it.",
    "fault": "operator",
    "fix": "Set EnableTokenRevocation of the app client to true.",
    "candidates": []
  },
  "cognito_request_rejected": {
    "id": "cognito_request_rejected",
    "status": 502,
    "error": "server_error",
    "description": "This is a problem on the server side, not an error in your request. The operator of this service must fix it.",
    "fault": "operator",
    "fix": "Check the domain in the settings of the client and what stands in front of it; then give the Cognito request id to AWS Support.",
    "candidates": ["domain_path_wrong", "request_changed_on_the_way", "cognito_changed"]
  },
  "redirect_uri_mismatch": {
    "id": "redirect_uri_mismatch",
    "status": 400,
    "error": "invalid_grant",
    "description": "Cognito refused the redirect_uri. It must be byte for byte the one that sign-in started with. Sign in again.",
    "fault": "caller",
    "fix": "Use the same redirect URI to start sign-in and to exchange the code, including any trailing slash.",
    "candidates": []
  },
  "code_already_used": {
    "id": "code_already_used",
    "status": 400,
    "error": "invalid_grant",
    "description": "This authorization code was exchanged before. A code works only once. Sign in again.",
    "fault": "caller",
    "fix": "Exchange each code only once: remove it from the address bar immediately, and handle the callback in one place.",
    "candidates": []
  },
  "code_rejected": {
    "id": "code_rejected",
    "status": 400,
    "error": "invalid_grant",
    "description": "Cognito refused the authorization code. It was already used, has expired, or belongs to another sign-in. Sign in again.",
    "fault": "caller",
    "fix": "Exchange each code once, immediately, and with the verifier of the same sign-in.",
    "candidates": [
      "code_already_used",
      "code_expired",
      "verifier_mismatch",
      "code_of_another_client",
      "oauth_flows_disabled",
      "scope_attributes_unreadable",
      "resource_server_missing",
      "identity_provider_attributes"
    ]
  },
  "refresh_token_rejected": {
    "id": "refresh_token_rejected",
    "status": 400,
    "error": "invalid_grant",
    "description": "Cognito refused the refresh token. It has expired, was revoked, or was replaced by a newer one. Sign in again.",
    "fault": "caller",
    "fix": "Sign the user in again; if rotation is on, always keep the newest refresh token.",
    "candidates": [
      "refresh_token_expired",
      "refresh_token_revoked",
      "refresh_token_rotated_out",
      "refresh_token_of_another_client",
      "user_disabled_or_deleted",
      "session_limit_reached",
      "device_tracking",
      "scope_attributes_unreadable",
      "resource_server_missing"
    ]
  },
  "refresh_token_rotated_out": {
    "id": "refresh_token_rotated_out",
    "status": 400,
    "error": "invalid_grant",
    "description": "This refresh token was replaced by a newer one. Sign in again.",
    "fault": "caller",
    "fix": "Keep the newest refresh token, and refresh in one tab at a time.",
    "candidates": []
  },
  "refresh_token_revoked": {
    "id": "refresh_token_revoked",
    "status": 400,
    "error": "invalid_grant",
    "description": "This refresh token was revoked. Sign in again.",
    "fault": "caller",
    "fix": "Delete the tokens of a user who has signed out.",
    "candidates": []
  },
  "token_type_not_revocable": {
    "id": "token_type_not_revocable",
    "status": 400,
    "error": "unsupported_token_type",
    "description": "Only a refresh token can be revoked here.",
    "fault": "caller",
    "fix": "Send the refresh token; access and ID tokens expire by themselves.",
    "candidates": []
  },
  "cognito_throttled": {
    "id": "cognito_throttled",
    "status": 429,
    "error": "temporarily_unavailable",
    "description": "The authorization server is limiting requests right now. Try again later.",
    "fault": "operator",
    "fix": "Raise the account's Cognito quota, or lower the throttle of the HTTP API below it.",
    "candidates": []
  },
  "waf_blocked": {
    "id": "waf_blocked",
    "status": 502,
    "error": "server_error",
    "description": "This is a problem on the server side, not an error in your request. The operator of this service must fix it.",
    "fault": "operator",
    "fix": "Find the rule that blocks the proxy in the log of the user pool's web ACL, and add an exception.",
    "candidates": []
  },
  "domain_not_found": {
    "id": "domain_not_found",
    "status": 502,
    "error": "server_error",
    "description": "This is a problem on the server side, not an error in your request. The operator of this service must fix it.",
    "fault": "operator",
    "fix": "Set the domain of the client to the domain that is attached to its user pool.",
    "candidates": []
  },
  "domain_of_another_pool": {
    "id": "domain_of_another_pool",
    "status": 502,
    "error": "server_error",
    "description": "This is a problem on the server side, not an error in your request. The operator of this service must fix it.",
    "fault": "operator",
    "fix": "Set domain and userPoolId of the client to the same user pool.",
    "candidates": []
  },
  "cognito_unreachable": {
    "id": "cognito_unreachable",
    "status": 503,
    "error": "temporarily_unavailable",
    "description": "The authorization server cannot be reached right now. Try again later.",
    "fault": "cognito",
    "fix": "Check the AWS Health Dashboard and the network of the function; for a custom domain, also its certificate and DNS alias.",
    "candidates": []
  },
  "cognito_timeout": {
    "id": "cognito_timeout",
    "status": 504,
    "error": "temporarily_unavailable",
    "description": "The authorization server did not answer in time. Try again.",
    "descriptionForCode": "The authorization server did not answer in time. It is unknown whether the code was used, so start sign-in again.",
    "fault": "cognito",
    "fix": "Check the AWS Health Dashboard and the latency of Cognito; raise the deadline only if Cognito is slow but healthy.",
    "candidates": []
  },
  "cognito_connection_lost": {
    "id": "cognito_connection_lost",
    "status": 504,
    "error": "temporarily_unavailable",
    "description": "The connection to the authorization server was lost. Try again.",
    "descriptionForCode": "The connection to the authorization server was lost. It is unknown whether the code was used, so start sign-in again.",
    "fault": "cognito",
    "fix": "Check the AWS Health Dashboard, and the network between the function and Cognito.",
    "candidates": []
  },
  "cognito_error": {
    "id": "cognito_error",
    "status": 503,
    "statusForCode": 504,
    "error": "temporarily_unavailable",
    "description": "The authorization server had an internal error. Try again later.",
    "descriptionForCode": "The authorization server had an internal error. It is unknown whether the code was used, so start sign-in again.",
    "fault": "cognito",
    "fix": "Check the AWS Health Dashboard; give the Cognito request id to AWS Support.",
    "candidates": []
  },
  "cognito_answer_unusable": {
    "id": "cognito_answer_unusable",
    "status": 502,
    "error": "server_error",
    "description": "The authorization server sent a response that cannot be used. Try again later.",
    "descriptionForCode": "The authorization server sent a response that cannot be used. It is unknown whether the code was used, so start sign-in again.",
    "fault": "cognito",
    "fix": "Check that the domain is a user pool domain; give the Cognito request id to AWS Support.",
    "candidates": []
  },
  "cognito_redirected": {
    "id": "cognito_redirected",
    "status": 502,
    "error": "server_error",
    "description": "This is a problem on the server side, not an error in your request. The operator of this service must fix it.",
    "fault": "operator",
    "fix": "Set the domain of the client to the address that serves the token endpoint without a redirect.",
    "candidates": []
  },
  "secret_not_found": {
    "id": "secret_not_found",
    "status": 503,
    "error": "temporarily_unavailable",
    "description": "The token service is temporarily unavailable. This is not an error in your request. Try again later.",
    "fault": "operator",
    "fix": "Create the secret in Secrets Manager under the name in the settings, or correct the name.",
    "candidates": []
  },
  "secret_access_denied": {
    "id": "secret_access_denied",
    "status": 503,
    "error": "temporarily_unavailable",
    "description": "The token service is temporarily unavailable. This is not an error in your request. Try again later.",
    "fault": "operator",
    "fix": "Allow the function's role to call secretsmanager:GetSecretValue on the secret and, if the secret uses your own KMS key, to decrypt with that key.",
    "candidates": []
  },
  "secret_malformed": {
    "id": "secret_malformed",
    "status": 503,
    "error": "temporarily_unavailable",
    "description": "The token service is temporarily unavailable. This is not an error in your request. Try again later.",
    "fault": "operator",
    "fix": "Store the secret as JSON with the client_id and client_secret of this app client; store a cookie key as 32 random bytes in base64.",
    "candidates": []
  },
  "secret_throttled": {
    "id": "secret_throttled",
    "status": 503,
    "error": "temporarily_unavailable",
    "description": "The token service is temporarily unavailable. This is not an error in your request. Try again later.",
    "fault": "operator",
    "fix": "Find what reads so many secrets in this account, or raise the account's quota for GetSecretValue.",
    "candidates": []
  },
  "secret_unavailable": {
    "id": "secret_unavailable",
    "status": 503,
    "error": "temporarily_unavailable",
    "description": "The token service is temporarily unavailable. This is not an error in your request. Try again later.",
    "fault": "cognito",
    "fix": "Check the AWS Health Dashboard for Secrets Manager, and the network of the function.",
    "candidates": []
  },
  "config_invalid": {
    "id": "config_invalid",
    "status": 503,
    "error": "server_error",
    "description": "The token service is temporarily unavailable. This is not an error in your request. Try again later.",
    "fault": "operator",
    "fix": 'Fix each problem that the log line "settings refused" lists, then deploy again; with evidence, fix what invokes the function.',
    "candidates": []
  },
  "deadline_exhausted": {
    "id": "deadline_exhausted",
    "status": 503,
    "error": "temporarily_unavailable",
    "description": "The token service is temporarily unavailable. This is not an error in your request. Try again later.",
    "fault": "operator",
    "fix": "Check secret_ms and remaining_ms in the record to find what took the time, or raise TOKEN_PROXY_DEADLINE_MS.",
    "candidates": []
  },
  "proxy_overloaded": {
    "id": "proxy_overloaded",
    "status": 429,
    "error": "temporarily_unavailable",
    "description": "The token service is temporarily unavailable. This is not an error in your request. Try again later.",
    "fault": "operator",
    "fix": "Raise the concurrency of the function, or find out who sends so many requests.",
    "candidates": []
  },
  "unforeseen": {
    "id": "unforeseen",
    "status": 500,
    "error": "server_error",
    "description": "The token service failed unexpectedly. This is not an error in your request.",
    "fault": "operator",
    "fix": "This is a bug. Report the request id and the version of the proxy to its developers.",
    "candidates": []
  }
};
var { causeIds, isCauseId, describeCause, findCauses } = toCauseLookup(rows);
export {
  causeIds,
  chooseUserAdvice,
  describeCause,
  findCauses,
  isCauseId,
  languages,
  toLanguage,
  toUserText,
  userTexts
};
