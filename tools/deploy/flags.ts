/** Tells the osls plugin, which runs in a process of its own, that the operator allows a loss. */
export const allowsReplacementVariable = 'DEPLOY_ALLOWS_REPLACEMENT'

/** Tells the osls plugin which digests of edge keys the stack accepts. */
export const digestsVariable = 'DEPLOY_EDGE_KEY_DIGESTS'
