/**
 * Whether an enhanced status (RFC 3463) says that there is no such address, once and for all. Not every 5.1.x does:
 * 5.1.7 and 5.1.8 complain about the sender, and any other 5.x.x may be about this one mail.
 */
export const saysNoSuchAddress = (status: string): boolean =>
  /^5\.(1\.(1|2|3|6|10)|2\.1|4\.(1|4|310))$/.test(status);
