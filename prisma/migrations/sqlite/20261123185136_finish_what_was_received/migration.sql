-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Received" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL,
    "programId" TEXT,
    "personId" TEXT,
    "words" TEXT,
    "until" DATETIME,
    "tries" INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "new_Received" ("at", "key") SELECT "at", "key" FROM "Received";
DROP TABLE "Received";
ALTER TABLE "new_Received" RENAME TO "Received";
CREATE INDEX "Received_at_idx" ON "Received"("at");
CREATE INDEX "Received_until_idx" ON "Received"("until");
CREATE INDEX "Received_personId_idx" ON "Received"("personId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
