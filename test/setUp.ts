import { ensureOpenSsh } from '../sandbox/openssh';

export default ensureOpenSsh;
