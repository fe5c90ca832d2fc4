/** What the key is for under which signing secrets are kept. */
export const SUBSCRIPTION_SECRETS = 'readiness subscription secrets';
