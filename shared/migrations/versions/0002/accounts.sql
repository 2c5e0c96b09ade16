-- Built-in users. They are disabled, never deleted, and a name is never given to another person, so
-- that the audit log stays readable. clinic_ids is the scope; NULL means every clinic.
CREATE TABLE users (
    user_id text COLLATE "C" PRIMARY KEY,
    name text COLLATE "C" NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9._@+-]{0,63}$'),
    role text COLLATE "C" NOT NULL
        CHECK (role IN ('admin', 'finance', 'staff', 'collections', 'auditor')),
    clinic_ids text[] COLLATE "C",
    password_hash text NOT NULL,
    failed_attempts integer NOT NULL DEFAULT 0,
    locked_until timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz
);

-- One row per sign-in. The refresh token of a generation is a keyed hash of session and generation,
-- so no token is stored: a copy of this table signs nobody in.
CREATE TABLE sessions (
    session_id text COLLATE "C" PRIMARY KEY,
    user_id text COLLATE "C" NOT NULL REFERENCES users,
    generation integer NOT NULL DEFAULT 0,
    started_at timestamptz NOT NULL,
    rotated_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    end_reason text COLLATE "C"
        CHECK (end_reason IN ('signed_out', 'reuse', 'password_changed', 'user_disabled'))
);

CREATE INDEX sessions_open ON sessions (user_id) WHERE ended_at IS NULL;

-- Partner systems. The secret is 256 random bits, so a plain SHA-256 of it is enough.
CREATE TABLE clients (
    client_id text COLLATE "C" PRIMARY KEY,
    name text NOT NULL,
    scopes text[] COLLATE "C" NOT NULL,
    clinic_ids text[] COLLATE "C",
    secret_sha256 bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz
)
