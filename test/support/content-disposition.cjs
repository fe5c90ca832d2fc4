// Jest on Node 20 cannot require() the ES module that @fastify/static names for its download(), which we do not use.
exports.create = () => {
  throw new Error('Downloads through @fastify/static are not available under test.');
};
