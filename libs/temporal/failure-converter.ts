import { DefaultFailureConverter, type FailureConverter } from '@temporalio/common';
import { cleanFailure } from './clean-failure';

// Bundled into the workflow sandbox (failureConverterPath): nothing here may import Node or the codec.

const encrypting = new DefaultFailureConverter({ encodeCommonAttributes: true });
const plain = new DefaultFailureConverter();

/** Lets no data out with a failure: every failure is reduced to codes and ids, and what remains is encrypted. */
export const failureConverter: FailureConverter = {
  errorToFailure: (thrown, payloadConverter, context) => {
    const clean = cleanFailure(thrown);
    if (context) return encrypting.errorToFailure(clean, payloadConverter, context);
    // The SDK converts a failed workflow task without a context. The codec refuses to encode without one, and a throw
    // there ends the worker: so no payload here, only the codes.
    return withoutDetails(plain.errorToFailure(clean, payloadConverter));
  },
  failureToError: (failure, payloadConverter, context) => encrypting.failureToError(failure, payloadConverter, context),
};

type Failure = ReturnType<FailureConverter['errorToFailure']>;

const withoutDetails = (failure: Failure): Failure => ({
  ...failure,
  ...(failure.applicationFailureInfo && {
    applicationFailureInfo: { ...failure.applicationFailureInfo, details: undefined },
  }),
  ...(failure.cause && { cause: withoutDetails(failure.cause) }),
});
