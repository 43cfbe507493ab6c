import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { AgentTools } from './AgentTools.tsx';
import { Deleted } from './Deleted.tsx';
import { SETTINGS_TABS, type SettingsTab } from './settings-tabs.ts';
import { Usage } from './Usage.tsx';
import { WorkspaceForm } from './WorkspaceForm.tsx';

const route = getRouteApi('/shell/settings');

const CONTENTS: Readonly<Record<SettingsTab, () => ReactNode>> = {
  workspace: () => <WorkspaceForm />,
  usage: () => <Usage />,
  agent: () => <AgentTools />,
  deleted: () => <Deleted />,
};

/** What holds for all of a workspace. */
export function Settings() {
  const { tab = 'workspace' } = route.useSearch();
  const navigate = useNavigate({ from: '/settings' });
  return (
    <PageFrame title="Settings">
      <Tabs
        label="Settings"
        value={tab}
        onChange={(next) => void navigate({ search: { tab: next as SettingsTab } })}
        tabs={SETTINGS_TABS.map(({ value, label }) => ({
          value,
          label,
          content: () => <div className="py-4">{CONTENTS[value]()}</div>,
        }))}
      />
    </PageFrame>
  );
}
