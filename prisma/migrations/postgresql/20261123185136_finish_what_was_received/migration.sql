-- AlterTable
ALTER TABLE "Received" ADD COLUMN     "personId" TEXT,
ADD COLUMN     "programId" TEXT,
ADD COLUMN     "tries" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "until" TIMESTAMP(3),
ADD COLUMN     "words" TEXT;

-- CreateIndex
CREATE INDEX "Received_until_idx" ON "Received"("until");

-- CreateIndex
CREATE INDEX "Received_personId_idx" ON "Received"("personId");
