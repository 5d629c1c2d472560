import { profileCase } from "../case";

/** Google and Cognito do so. */
export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ token_endpoint: "https://oauth2.example.com/token" }),
});
