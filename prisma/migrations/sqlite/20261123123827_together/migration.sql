-- AlterTable
ALTER TABLE "Person" ADD COLUMN "ageBand" TEXT;

-- AlterTable
ALTER TABLE "Session" ADD COLUMN "groupId" TEXT;

-- CreateTable
CREATE TABLE "Seat" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programId" TEXT NOT NULL,
    "groupId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "seat" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "since" DATETIME NOT NULL,
    "ahead" BOOLEAN NOT NULL DEFAULT false,
    "agreedVersion" INTEGER,
    "agreedAt" DATETIME,
    "joinedAt" DATETIME,
    "endedAt" DATETIME,
    CONSTRAINT "Seat_programId_fkey" FOREIGN KEY ("programId") REFERENCES "Program" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Seat_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Seat_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Meeting" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programId" TEXT NOT NULL,
    "groupId" TEXT NOT NULL,
    "sessionId" TEXT,
    "slotAt" DATETIME NOT NULL,
    "startsAt" DATETIME NOT NULL,
    "minutes" INTEGER NOT NULL,
    "topic" TEXT,
    "state" TEXT NOT NULL DEFAULT 'planned',
    "phase" TEXT,
    "phaseUntil" DATETIME,
    "turns" TEXT NOT NULL DEFAULT '[]',
    "turn" INTEGER NOT NULL DEFAULT 0,
    "hostId" TEXT,
    "dueAt" DATETIME,
    CONSTRAINT "Meeting_programId_fkey" FOREIGN KEY ("programId") REFERENCES "Program" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Meeting_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Rsvp" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programId" TEXT NOT NULL,
    "meetingId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "answer" TEXT,
    "there" TEXT,
    "at" DATETIME NOT NULL,
    CONSTRAINT "Rsvp_programId_fkey" FOREIGN KEY ("programId") REFERENCES "Program" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Rsvp_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Rsvp_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Post" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programId" TEXT NOT NULL,
    "groupId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "wants" TEXT,
    "theme" TEXT,
    "body" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "dueAt" DATETIME,
    "decidedBy" TEXT,
    "decidedAt" DATETIME,
    "reason" TEXT,
    "messageId" TEXT,
    CONSTRAINT "Post_programId_fkey" FOREIGN KEY ("programId") REFERENCES "Program" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Post_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Post_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Reaction" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programId" TEXT NOT NULL,
    "postId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    CONSTRAINT "Reaction_programId_fkey" FOREIGN KEY ("programId") REFERENCES "Program" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Reaction_postId_fkey" FOREIGN KEY ("postId") REFERENCES "Post" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Reaction_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Case" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programId" TEXT NOT NULL,
    "groupId" TEXT,
    "kind" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "personId" TEXT,
    "raisedBy" TEXT,
    "anonymous" BOOLEAN NOT NULL DEFAULT false,
    "source" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "claimedBy" TEXT,
    "claimedAt" DATETIME,
    "pointer" TEXT NOT NULL DEFAULT '{}',
    "createdAt" DATETIME NOT NULL,
    "dueAt" DATETIME,
    "closedAt" DATETIME,
    "closedBy" TEXT,
    "closed" TEXT,
    CONSTRAINT "Case_programId_fkey" FOREIGN KEY ("programId") REFERENCES "Program" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "CaseLine" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programId" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    CONSTRAINT "CaseLine_programId_fkey" FOREIGN KEY ("programId") REFERENCES "Program" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "CaseLine_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "CaseLine_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Escalation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programId" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "rung" INTEGER NOT NULL DEFAULT 0,
    "round" INTEGER NOT NULL DEFAULT 0,
    "dueAt" DATETIME,
    "ackBy" TEXT,
    "ackAt" DATETIME,
    "resolvedBy" TEXT,
    "resolvedAt" DATETIME,
    "startedAt" DATETIME NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "Escalation_programId_fkey" FOREIGN KEY ("programId") REFERENCES "Program" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Escalation_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "EscalationStep" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programId" TEXT NOT NULL,
    "escalationId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "what" TEXT NOT NULL,
    "personId" TEXT,
    "rung" INTEGER NOT NULL,
    CONSTRAINT "EscalationStep_programId_fkey" FOREIGN KEY ("programId") REFERENCES "Program" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "EscalationStep_escalationId_fkey" FOREIGN KEY ("escalationId") REFERENCES "Escalation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Duty" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "rung" INTEGER NOT NULL,
    "days" TEXT NOT NULL,
    "fromTime" TEXT NOT NULL,
    "toTime" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "since" DATETIME NOT NULL,
    "endedAt" DATETIME,
    CONSTRAINT "Duty_programId_fkey" FOREIGN KEY ("programId") REFERENCES "Program" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Duty_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Measure" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programId" TEXT NOT NULL,
    "groupId" TEXT,
    "personId" TEXT NOT NULL,
    "caseId" TEXT,
    "kind" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "since" DATETIME NOT NULL,
    "until" DATETIME,
    "endedAt" DATETIME,
    "endedBy" TEXT,
    CONSTRAINT "Measure_programId_fkey" FOREIGN KEY ("programId") REFERENCES "Program" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Measure_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Pair" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programId" TEXT NOT NULL,
    "groupId" TEXT,
    "oneId" TEXT NOT NULL,
    "otherId" TEXT NOT NULL,
    "askedBy" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "since" DATETIME NOT NULL,
    "endedAt" DATETIME,
    CONSTRAINT "Pair_programId_fkey" FOREIGN KEY ("programId") REFERENCES "Program" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Pair_oneId_fkey" FOREIGN KEY ("oneId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Pair_otherId_fkey" FOREIGN KEY ("otherId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Audit" (
    "programId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    "actorId" TEXT,
    "actorRole" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "objectKind" TEXT NOT NULL,
    "objectId" TEXT NOT NULL,
    "personId" TEXT,
    "why" TEXT,
    "hash" TEXT NOT NULL,

    PRIMARY KEY ("programId", "seq"),
    CONSTRAINT "Audit_programId_fkey" FOREIGN KEY ("programId") REFERENCES "Program" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Group" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programId" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "roomId" TEXT,
    "kind" TEXT NOT NULL DEFAULT 'everyone',
    "phase" TEXT NOT NULL DEFAULT 'program',
    "openness" TEXT NOT NULL DEFAULT 'open',
    "capacity" INTEGER NOT NULL DEFAULT 12,
    "ageBand" TEXT NOT NULL DEFAULT 'adult',
    "zone" TEXT,
    "agreement" TEXT,
    "agreementVersion" INTEGER NOT NULL DEFAULT 1,
    "premoderated" BOOLEAN NOT NULL DEFAULT false,
    "anonymousPosts" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'open',
    "stateUntil" DATETIME,
    "roomState" TEXT NOT NULL DEFAULT 'made',
    "syncAt" DATETIME,
    "hostedAt" DATETIME,
    "createdAt" DATETIME,
    "archivedAt" DATETIME,
    CONSTRAINT "Group_programId_fkey" FOREIGN KEY ("programId") REFERENCES "Program" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Group_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Group" ("id", "name", "programId", "roomId", "workspaceId") SELECT "id", "name", "programId", "roomId", "workspaceId" FROM "Group";
DROP TABLE "Group";
ALTER TABLE "new_Group" RENAME TO "Group";
CREATE INDEX "Group_programId_idx" ON "Group"("programId");
CREATE INDEX "Group_syncAt_idx" ON "Group"("syncAt");
CREATE INDEX "Group_stateUntil_idx" ON "Group"("stateUntil");
CREATE TABLE "new_Program" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "promptTime" TEXT NOT NULL,
    "law" TEXT NOT NULL,
    "phiMode" TEXT NOT NULL DEFAULT 'none',
    "questions" TEXT NOT NULL DEFAULT '[]',
    "reviewedOnly" BOOLEAN NOT NULL DEFAULT false,
    "retention" TEXT NOT NULL DEFAULT '{}',
    "ladder" TEXT NOT NULL DEFAULT '{}',
    "createdAt" DATETIME NOT NULL
);
INSERT INTO "new_Program" ("country", "createdAt", "id", "language", "law", "name", "phiMode", "promptTime", "questions", "retention", "reviewedOnly", "zone") SELECT "country", "createdAt", "id", "language", "law", "name", "phiMode", "promptTime", "questions", "retention", "reviewedOnly", "zone" FROM "Program";
DROP TABLE "Program";
ALTER TABLE "new_Program" RENAME TO "Program";
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "Seat_programId_personId_idx" ON "Seat"("programId", "personId");

-- CreateIndex
CREATE UNIQUE INDEX "Seat_groupId_personId_key" ON "Seat"("groupId", "personId");

-- CreateIndex
CREATE INDEX "Meeting_programId_startsAt_idx" ON "Meeting"("programId", "startsAt");

-- CreateIndex
CREATE INDEX "Meeting_dueAt_idx" ON "Meeting"("dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "Meeting_groupId_slotAt_key" ON "Meeting"("groupId", "slotAt");

-- CreateIndex
CREATE UNIQUE INDEX "Rsvp_meetingId_personId_key" ON "Rsvp"("meetingId", "personId");

-- CreateIndex
CREATE INDEX "Post_groupId_state_at_idx" ON "Post"("groupId", "state", "at");

-- CreateIndex
CREATE INDEX "Post_personId_idx" ON "Post"("personId");

-- CreateIndex
CREATE INDEX "Post_dueAt_idx" ON "Post"("dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "Reaction_postId_personId_what_key" ON "Reaction"("postId", "personId", "what");

-- CreateIndex
CREATE INDEX "Case_programId_state_createdAt_idx" ON "Case"("programId", "state", "createdAt");

-- CreateIndex
CREATE INDEX "Case_programId_personId_idx" ON "Case"("programId", "personId");

-- CreateIndex
CREATE INDEX "Case_programId_raisedBy_idx" ON "Case"("programId", "raisedBy");

-- CreateIndex
CREATE INDEX "Case_dueAt_idx" ON "Case"("dueAt");

-- CreateIndex
CREATE INDEX "CaseLine_caseId_at_idx" ON "CaseLine"("caseId", "at");

-- CreateIndex
CREATE INDEX "CaseLine_personId_idx" ON "CaseLine"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Escalation_caseId_key" ON "Escalation"("caseId");

-- CreateIndex
CREATE INDEX "Escalation_dueAt_idx" ON "Escalation"("dueAt");

-- CreateIndex
CREATE INDEX "Escalation_programId_state_idx" ON "Escalation"("programId", "state");

-- CreateIndex
CREATE INDEX "EscalationStep_escalationId_at_idx" ON "EscalationStep"("escalationId", "at");

-- CreateIndex
CREATE INDEX "Duty_programId_rung_idx" ON "Duty"("programId", "rung");

-- CreateIndex
CREATE INDEX "Measure_programId_personId_idx" ON "Measure"("programId", "personId");

-- CreateIndex
CREATE INDEX "Measure_until_idx" ON "Measure"("until");

-- CreateIndex
CREATE INDEX "Pair_programId_oneId_idx" ON "Pair"("programId", "oneId");

-- CreateIndex
CREATE INDEX "Pair_programId_otherId_idx" ON "Pair"("programId", "otherId");

-- CreateIndex
CREATE INDEX "Audit_programId_personId_idx" ON "Audit"("programId", "personId");
