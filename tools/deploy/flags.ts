/** Tells the osls plugin, which runs in a process of its own, that the operator allows a loss. */
export const allowsReplacementVariable = 'DEPLOY_ALLOWS_REPLACEMENT'
