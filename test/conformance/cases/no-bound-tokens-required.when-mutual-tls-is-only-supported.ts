import { profileCase } from "../case";

/** As Spring Security publishes it by default: RFC 9728 §2 has the field say what is supported, and not what is demanded. */
export default profileCase({
  arrange: (issuer) => {
    issuer.setMetadata({ tls_client_certificate_bound_access_tokens: true });
    issuer.setResourceMetadata({
      bearer_methods_supported: ["header"],
      tls_client_certificate_bound_access_tokens: true,
    });
  },
});
