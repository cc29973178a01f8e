-- CreateIndex
CREATE INDEX "Outbox_platform_leaseUntil_idx" ON "Outbox"("platform", "leaseUntil");
