-- Keys by which sources send events. A bearer token is kept as its SHA-256 (it is 256 random bits);
-- a secret that verifies signatures must be read again, so it is sealed under the root secret.
CREATE TABLE source_keys (
    key_id text COLLATE "C" PRIMARY KEY,
    source text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('token', 'webhook')),
    token_sha256 bytea,
    sealed_secret bytea,
    created_at timestamptz NOT NULL,
    disabled_at timestamptz,
    CHECK ((kind = 'token') = (token_sha256 IS NOT NULL)),
    CHECK ((kind = 'webhook') = (sealed_secret IS NOT NULL))
)
