/**
 * Connections that wait to be taken while the server is busy. With Node's 511 a burst of a thousand had some of them reset when the
 * cores were busy with something else; the kernel takes less where `somaxconn` says so.
 */
export const LISTEN_BACKLOG = 4096;
