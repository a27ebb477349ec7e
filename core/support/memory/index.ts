/** Memory that goes back to the system at once, by means of Node.js that only some versions have; off with `DOMO_WRITEBACK_PLAIN_IO`. */
export { freeBuffer } from './freeBuffer';
export { withFreedBuffers } from './freeResponseBuffers';
