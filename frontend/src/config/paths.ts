/** Addresses the dashboard and its API are served under. */

export const BASE_PATH = '/staff/reports';
