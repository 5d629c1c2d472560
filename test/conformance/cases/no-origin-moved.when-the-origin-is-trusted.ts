import { acceptedOf, profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ token_endpoint: "https://elsewhere.example.com/token" }),
  judged: (issuer) => ({ accepted: acceptedOf(issuer), trustedOrigins: ["https://elsewhere.example.com"] }),
  beside: ["metadata-moved"],
});
