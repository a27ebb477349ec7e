/** Whether `DOMO_WRITEBACK_PLAIN_IO=true` switches off what rests on the insides of ssh2 and Node.js for speed. Read once, as n8n's environment stays. */
export const usesPlainIo = process.env.DOMO_WRITEBACK_PLAIN_IO === 'true';
