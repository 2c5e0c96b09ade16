/** The nonce of this page: styles made by its scripts are allowed only with it. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
