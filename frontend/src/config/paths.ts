/** Addresses the dashboard and its API are served under. */

export const BASE_PATH = '/staff/reports';

/** Where an identity provider sends the browser back to. */
export const SIGNED_IN_PATH = `${BASE_PATH}/signed-in`;
